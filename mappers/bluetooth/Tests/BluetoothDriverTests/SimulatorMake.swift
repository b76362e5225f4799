// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

/// Makes what the simulator's tests are about.
enum SimulatorMake {
    static let level = BluetoothUUID(0x2A19)
    static let setPoint = BluetoothUUID(0x2A6E)
    static let alarm = BluetoothUUID(0x2A46)
    static let long = BluetoothUUID(0xFFF1)

    /// Handles: 1801 at 1 to 4 (2A05 at 3); 180F at 5 to 10 (2A19 at 7), FFF0 at 11 to 18 (2A6E at 13, 2A46 at 15, FFF1 at 18).
    static let services = [
        SimulatedService.genericAttribute,
        SimulatedService(
            BluetoothUUID(0x180F),
            [
                SimulatedCharacteristic(
                    level,
                    [.read, .notify],
                    value: [87],
                    userDescription: "main",
                    presentationFormat: [0x04, 0x00, 0xAD, 0x27, 0x01, 0x00, 0x00]
                )
            ]
        ),
        SimulatedService(
            BluetoothUUID(0xFFF0),
            [
                SimulatedCharacteristic(
                    setPoint,
                    [.read, .write, .writeWithoutResponse],
                    value: [1, 2],
                    maximumLength: 4
                ),
                SimulatedCharacteristic(alarm, [.indicate], value: [0]),
                SimulatedCharacteristic(long, [.read, .write], value: (0..<100).map { UInt8($0) }),
            ]
        ),
    ]

    /// The same services, with one characteristic that wants an encrypted link.
    static func services(protecting uuid: BluetoothUUID) -> [SimulatedService] {
        services.map { service in
            var service = service
            for index in service.characteristics.indices where service.characteristics[index].uuid == uuid {
                service.characteristics[index].protection = 0x0F
            }
            return service
        }
    }

    static func address(_ last: UInt8 = 1) throws -> BluetoothAddress {
        try #require(BluetoothAddress(littleEndian: [last, 0x05, 0x04, 0x03, 0x02, 0xF0]))
    }

    static func peripheral(_ last: UInt8 = 1) throws -> SimulatedPeripheral {
        SimulatedPeripheral(try address(last), name: "sensor \(last)", services: services)
    }
}

/// Is a client's side of a server that is asked without any connection.
struct ServerBench {
    var server: AttributeServer
    var table = AttributeTable(SimulatorMake.services)
    var faults = AttributeFaults()

    init(mtu: Int? = 247) { server = AttributeServer(mtu: mtu) }

    /// Asks, and gives the one answer; empty when there is none.
    mutating func ask(_ pdu: [UInt8]) -> [UInt8] {
        server.answer(pdu, from: &table, with: &faults).pdus.first ?? []
    }
}
