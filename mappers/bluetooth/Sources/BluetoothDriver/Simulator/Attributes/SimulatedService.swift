// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a service of a simulated peripheral.
struct SimulatedService: Hashable, Sendable {
    var uuid: BluetoothUUID
    var characteristics: [SimulatedCharacteristic]

    init(_ uuid: BluetoothUUID, _ characteristics: [SimulatedCharacteristic]) {
        self.uuid = uuid
        self.characteristics = characteristics
    }
}

extension SimulatedService {
    /// The service that tells clients of changed handles (Core Specification, Vol 3 Part G 7).
    static let genericAttribute = SimulatedService(
        BluetoothUUID(0x1801),
        [SimulatedCharacteristic(.serviceChanged, [.indicate], value: [0x01, 0x00, 0xFF, 0xFF])]
    )
}
