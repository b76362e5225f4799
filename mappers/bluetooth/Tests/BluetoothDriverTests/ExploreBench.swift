// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

/// Makes explorations without a radio.
enum ExploreBench {
    static func characteristic(
        _ uuid: BluetoothUUID,
        _ properties: GATTCharacteristic.Properties = [.read],
        handle: UInt16 = 3,
        value: [UInt8]? = nil,
        description: String? = nil,
        format: [UInt8]? = nil
    ) throws -> ExploredCharacteristic {
        let bytes = [properties.rawValue] + handle.littleEndianBytes + uuid.littleEndianBytes
        var result = ExploredCharacteristic(
            try #require(GATTCharacteristic(declaration: handle - 1, bytes, last: handle))
        )
        result.userDescription = description
        result.presentation = format.flatMap { PresentationFormat($0) }
        if let value { result.reading = .octets(value) }
        return result
    }

    static func exploration(_ characteristics: [ExploredCharacteristic]) throws -> Exploration {
        let services = [
            ExploredService(uuid: BluetoothUUID(0x181A), handle: 1, characteristics: characteristics)
        ]
        let address = try SimulatorMake.address()
        return Exploration(address: address, kind: .random, adapter: "hci0", services: services)
    }

    /// Everything that a profile has to cope with.
    static func everything() throws -> Exploration {
        var closed = try characteristic(BluetoothUUID(0xFFF4), handle: 60)
        closed.reading = .protected("insufficient encryption (ATT error 0x0f)")
        let formats: [UInt8] = Array(0x01...0x1B)
        let withFormats = try formats.map { number in
            try characteristic(
                BluetoothUUID(0xFF00 + UInt16(number)),
                [.read, .write],
                format: [number, number.isMultiple(of: 2) ? 0xFE : 0, 0xAD, 0x27, 1, 0, 0]
            )
        }
        let known = try (UInt16(0x2A00)...0x2BFF).map(BluetoothUUID.init).filter {
            KnownCharacteristic.named($0) != nil
        }.map { try characteristic($0, [.read, .write]) }
        return try exploration(
            known + withFormats + [
                characteristic(
                    BluetoothUUID(0x2A6E),
                    [.read, .notify],
                    value: [0x66, 0x08],
                    description: "out: \"x\"\n# y"
                ),
                characteristic(BluetoothUUID(0x2A6E), [.notify], description: "on"),
                characteristic(BluetoothUUID(value: 7), [.read, .write], value: [1, 2], description: "on"),
                characteristic(BluetoothUUID(0xFFF3), [.write]), closed,
            ]
        )
    }
}
