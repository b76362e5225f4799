// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension BluetoothDriver {
    /// Finds addresses, times and settings that cannot be, and visitors that do not fit their properties.
    public func check(_ device: Device<BluetoothConnection, BluetoothVisitor>) -> [Diagnostic] {
        var check = ConnectionCheck(device: device)
        check.run()
        return check.findings + device.visitors.flatMap { VisitorCheck(device: device, visitor: $0).findings }
    }
}
