// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension ModbusDriver {
    /// Finds addresses, units and settings that cannot be, and visitors that do not fit their properties.
    public func check(_ device: Device<ModbusConnection, ModbusVisitor>) -> [Diagnostic] {
        var check = ConnectionCheck(device: device)
        check.run()
        var addresses = AddressCheck(device: device)
        addresses.run()
        return check.findings + addresses.findings
            + device.visitors.flatMap {
                VisitorCheck(device: device, visitor: $0, defaults: device.config.defaults).findings
            }
    }
}
