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

    /// Finds devices that take a peripheral from each other: it has one connection at a time, and most advertise nothing
    /// meanwhile.
    public func check(_ devices: [Device<BluetoothConnection, BluetoothVisitor>]) -> [Diagnostic] {
        let addressed = devices.filter { $0.config.macAddress != nil }
        return Dictionary(grouping: addressed) { $0.config.macAddress }.values.flatMap { group in
            guard group.count > 1, let first = group.first(where: { $0.config.mode == .connection }) else {
                return [Diagnostic]()
            }
            return group.filter { $0.id != first.id }.map { Self.rivalry($0, first) }
        }.sorted { "\($0)" < "\($1)" }
    }

    private static func rivalry(
        _ device: Device<BluetoothConnection, BluetoothVisitor>,
        _ first: Device<BluetoothConnection, BluetoothVisitor>
    ) -> Diagnostic {
        let place = device.location(of: "macAddress")
        let beginning = "device '\(device.id)' has the 'macAddress' of device '\(first.id)'"
        guard device.config.mode == .connection else {
            return .warning(at: place, "\(beginning), and a device that is connected rarely advertises")
        }
        return .error(at: place, "\(beginning), and a device takes one connection: put their properties into one model")
    }
}
