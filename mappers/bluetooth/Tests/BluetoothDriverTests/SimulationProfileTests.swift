// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Simulation: from a profile to peripherals")
struct SimulationProfileTests {
    private static func connected(_ config: ConfigNode = ["macAddress": "F0:02:03:04:05:01"]) throws -> BluetoothDevice
    {
        try SimulationMake.device("tag", config, SimulationMake.properties)
    }

    /// What the twin would get of each property.
    private func values(_ peripheral: SimulatedPeripheral, _ device: BluetoothDevice) throws -> [String: PropertyValue]
    {
        var values: [String: PropertyValue] = [:]
        for visitor in device.visitors {
            guard let place = visitor.config.place else { continue }
            let octets = try #require(peripheral.table.value(of: place.characteristic), "\(visitor.property.name)")
            let handle = try #require(peripheral.table.valueHandles(of: place.characteristic).first)
            let format =
                peripheral.table.attributes.first { $0.type == .presentationFormat && $0.handle == handle + 1 }
                ?? peripheral.table.attributes.first { $0.type == .presentationFormat && $0.handle == handle + 2 }
            let codec = try ValueCodec(
                of: visitor.config,
                for: visitor.property.model,
                presentation: format.flatMap { PresentationFormat($0.value) }
            )
            let raw = try codec.value(of: octets)
            let type = visitor.property.model.dataType
            values[visitor.property.name] = try visitor.config.transform.value(ofRaw: raw, as: type)
        }
        return values
    }

    @Test("all values decode to what the model allows, at each moment, and move")
    func limits() throws {
        let device = try Self.connected()
        let made = ProfilePeripheral(device)
        #expect(made.findings == [])
        var peripheral = made.peripheral
        var seen: [String: Set<String>] = [:]
        for second in 0..<60 {
            _ = peripheral.advance(to: .seconds(second))
            for (name, value) in try values(peripheral, device) {
                seen[name, default: []].insert(value.text)
                let range = try #require(device.visitor(of: name)?.property.model.range)
                guard let number = value.number else { continue }
                if let least = range.minimum?.number { #expect(number >= least, "\(name) at \(second) s") }
                if let most = range.maximum?.number { #expect(number <= most, "\(name) at \(second) s") }
            }
        }
        for visitor in device.visitors {
            let name = visitor.property.name
            let count = seen[name]?.count ?? 0
            let moves = visitor.property.model.accessMode == .readOnly && name != "name"
            #expect(moves ? count > 1 : count == 1, "\(name): \(count)")
        }
        #expect(seen["mode"] == ["idle", "busy"])
        #expect(seen["name"] == ["name"])
    }

    @Test("the same seed gives the same course, another one another")
    func seeds() throws {
        let device = try Self.connected()
        func table(_ seed: UInt64) -> AttributeTable { ProfilePeripheral(device, seed: seed).peripheral.table }
        #expect(table(1) == table(1))
        #expect(table(1) != table(2))
    }

    @Test("what was written stays, beside what moves in the same characteristic")
    func written() throws {
        let device = try Self.connected()
        var peripheral = ProfilePeripheral(device).peripheral
        let uuid = BluetoothUUID(0xFFF2)
        let handle = try #require(peripheral.table.valueHandles(of: uuid).first)
        peripheral.connect(at: .zero)
        let before = try #require(peripheral.table.value(of: uuid))
        #expect(before.count == 3 && before[2] == 0)
        peripheral.receive([0x12] + handle.littleEndianBytes + before.prefix(2) + [0x08], at: .zero)
        #expect(peripheral.advance(to: .zero) == [.send([0x13])])
        _ = peripheral.advance(to: .seconds(20))
        let after = try #require(peripheral.table.value(of: uuid))
        #expect(after[2] == 0x08)
        #expect(after.prefix(2) != before.prefix(2))
    }

    @Test("subscribers are told of what moves")
    func told() throws {
        let device = try Self.connected()
        var peripheral = ProfilePeripheral(device).peripheral
        let handle = try #require(peripheral.table.valueHandles(of: BluetoothUUID(0x2A6E)).first)
        peripheral.connect(at: .zero)
        peripheral.receive([0x12] + (handle + 1).littleEndianBytes + [1, 0], at: .zero)
        _ = peripheral.advance(to: .zero)
        #expect(peripheral.nextDue == .seconds(1))
        let value = try #require(peripheral.table.value(of: BluetoothUUID(0x2A6E)))
        let events = peripheral.advance(to: .seconds(1))
        let moved = try #require(peripheral.table.value(of: BluetoothUUID(0x2A6E)))
        #expect(moved != value)
        #expect(events == [.send([0x1B] + handle.littleEndianBytes + moved)])
    }

    @Test("security makes the characteristics want it, with the pairing that fits")
    func security() throws {
        let expected: [(ConfigNode, PairingMethod, UInt8)] = [
            (["name": "Tag"], .none, 0), (["name": "Tag", "security": "encrypted"], .justWorks, 0x0F),
            (["name": "Tag", "security": "authenticated", "passkey": 123_456], .passkey(123_456), 0x05),
            (["name": "Tag", "passkey": 7], .passkey(7), 0x05),
        ]
        for (config, pairing, code) in expected {
            let peripheral = ProfilePeripheral(try Self.connected(config)).peripheral
            #expect(peripheral.pairing == pairing)
            let handle = try #require(peripheral.table.valueHandles(of: BluetoothUUID(0x2A19)).first)
            #expect(peripheral.table[handle]?.protection == code)
            #expect(peripheral.scanResponse == [4, 9] + "Tag".utf8)
            #expect(peripheral.kind == .random && peripheral.address.bytes[0] >= 0xC0)
        }
    }

    @Test("a service that the profile looks for is advertised")
    func service() throws {
        let service = "f000aa00-0451-4000-b000-000000000000"
        let peripheral = ProfilePeripheral(try Self.connected(["service": ConfigNode(.string(service))])).peripheral
        let data = AdvertisementData(parsing: peripheral.advertisingData)
        #expect(data.serviceUUIDs == [try #require(BluetoothUUID(service))])
        #expect(AdvertisementData(parsing: peripheral.scanResponse).localName == "tag")
    }
}
