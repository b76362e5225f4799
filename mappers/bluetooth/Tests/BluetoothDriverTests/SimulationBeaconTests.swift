// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Simulation: beacons")
struct SimulationBeaconTests {
    private static func property(_ field: String, _ type: DataType, _ range: ClosedRange<Int64>? = nil) -> Property {
        SimulationMake.property(field, type, ["source": "beacon", "field": ConfigNode(.string(field))], in: range)
    }

    private static func device(_ properties: [Property], key: String? = nil) throws -> BluetoothDevice {
        let entries: [ConfigNode.Entry] = [
            ConfigNode.Entry("macAddress", "C0:02:03:04:05:01"), ConfigNode.Entry("mode", "advertisement"),
        ]
        let secret = key.map { [ConfigNode.Entry("bindKey", ConfigNode(.string($0)))] } ?? []
        return try SimulationMake.device("beacon", ConfigNode(.mapping(entries + secret)), properties)
    }

    /// What is decoded in some seconds, by field; each reading that is no repetition.
    private func readings(_ device: BluetoothDevice, seconds: Int = 40) throws -> [String: [PropertyValue]] {
        let made = ProfilePeripheral(device)
        #expect(made.findings == [])
        var peripheral = made.peripheral
        var decoder = BeaconDecoder(address: peripheral.address, key: device.config.bindKey)
        var values: [String: [PropertyValue]] = [:]
        for tenth in 0..<seconds * 10 {
            let data = peripheral.advertisement(at: .milliseconds(tenth * 100))
            #expect(data.count <= 31)
            for outcome in decoder.decode(AdvertisementData(parsing: data)) {
                let reading = try outcome.get()
                for (name, value) in reading.fields where !reading.isRepeat {
                    values[name, default: []].append(value.value)
                }
            }
        }
        return values
    }

    @Test(
        "BTHome tells all fields, in as many frames as it takes",
        arguments: [nil, "231d39c1d7cc1ab1aee224cd096db932"]
    )
    func bthome(key: String?) throws {
        let device = try Self.device(
            [
                Self.property("packetID", .int), Self.property("battery", .int, 10...90),
                Self.property("temperature", .double, -20 ... -10), Self.property("temperature2", .double, 20...30),
                Self.property("humidity", .float, 30...60), Self.property("pressure", .double, 950...1050),
                Self.property("count", .int, 0...100_000), Self.property("door", .boolean),
                Self.property("button", .string),
                Self.property("illuminance", .double, 0...80_000),
            ],
            key: key
        )
        let values = try readings(device)
        for visitor in device.visitors where visitor.property.name != "temperature2" {
            let own = try #require(values[visitor.property.name], "\(visitor.property.name)")
            #expect(Set(own.map(\.text)).count > 1, "\(visitor.property.name)")
            let range = visitor.property.model.range
            for number in own.compactMap(\.number) {
                if let least = range.minimum?.number { #expect(number >= least, "\(visitor.property.name)") }
                if let most = range.maximum?.number { #expect(number <= most, "\(visitor.property.name)") }
            }
        }
        #expect(values["temperature2"]?.isEmpty == false)
    }

    @Test("iBeacon and Eddystone tell who a beacon is, and how, in turn")
    func identities() throws {
        let device = try Self.device([
            Self.property("uuid", .string), Self.property("major", .int, 5...5), Self.property("minor", .int, 9...9),
            Self.property("namespace", .string), Self.property("url", .string), Self.property("uptime", .double),
            Self.property("advertisementCount", .int), Self.property("temperature", .double, 10...30),
        ])
        let values = try readings(device)
        #expect(values["major"]?.first == .int(5) && values["minor"]?.first == .int(9))
        #expect(values["url"]?.first == .string("https://example.com"))
        #expect(values["namespace"]?.first?.text.count == 20)
        let counts = (values["advertisementCount"] ?? []).compactMap(\.number)
        #expect(counts.count > 10 && counts == counts.sorted())
        #expect((values["temperature"] ?? []).allSatisfy { (10...30).contains($0.number ?? 0) })
    }

    @Test("bytes of companies and services hold what visitors read out of them")
    func octets() throws {
        let device = try Self.device([
            SimulationMake.property(
                "temperature",
                .double,
                [
                    "source": "manufacturerData", "companyID": "0x0499", "dataType": "int16", "startByte": 1,
                    "scale": 0.005,
                ],
                in: 10...30
            ),
            SimulationMake.property(
                "battery",
                .int,
                ["source": "serviceData", "serviceDataUUID": "180f", "dataType": "uint8"],
                in: 20...30
            ),
        ])
        var peripheral = ProfilePeripheral(device).peripheral
        var data = AdvertisementData(parsing: peripheral.advertisement(at: .zero))
        data.merge(AdvertisementData(parsing: peripheral.advertisement(at: .zero)))
        let company = try #require(data.manufacturerData[0x0499])
        let degrees = Double(Int16(truncatingIfNeeded: Int(company[1]) | Int(company[2]) << 8)) * 0.005
        #expect((10...30).contains(degrees))
        #expect((20...30).contains(try #require(data.serviceData[BluetoothUUID(0x180F)]?.first)))
    }

    @Test("what no format tells is said, with the field")
    func unplayable() throws {
        let device = try Self.device([Self.property("formaldehyde", .double)])
        #expect(
            ProfilePeripheral(device).findings.map(\.message) == [
                "property 'formaldehyde' of device 'beacon' cannot be played: 'field' formaldehyde is in no format that is "
                    + "played: iBeacon, Eddystone and BTHome are"
            ]
        )
    }
}
