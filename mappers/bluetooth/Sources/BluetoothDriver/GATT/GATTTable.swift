// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what has been found of a server's table on one connection.
struct GATTTable: Hashable, Sendable {
    struct Service: Hashable, Sendable {
        var uuid: BluetoothUUID
        var range: HandleRange
    }

    /// The services that were looked for, or all of them.
    var services: [Service] = []
    /// Everything found, in the order of handles.
    var characteristics: [GATTCharacteristic] = []

    /// The characteristics of a service, or all.
    func characteristics(in service: BluetoothUUID?) -> [GATTCharacteristic] {
        guard let service else { return characteristics }
        let ranges = services.filter { $0.uuid == service }.map(\.range)
        return characteristics.filter { characteristic in ranges.contains { $0.contains(characteristic.declaration) } }
    }
}
