// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("MiBeacon")
struct BeaconMiBeaconTests {
    /// Frames that real devices sent.
    private static let frames: [(address: String, hexadecimal: String, fields: [String: PropertyValue])] = [
        (
            "58:2D:34:35:93:21", "5020 AA01 DA 219335342D58 0D10 04 FE004802",
            [
                "temperature": .double(25.4), "humidity": .double(58.4), "productID": .int(0x01AA),
                "packetID": .int(0xDA),
            ]
        ),
        (
            "C4:7C:8D:6B:4F:F3", "7120 9800 12 F34F6B8D7CC4 0D 0410 02 C400",
            ["temperature": .double(19.6), "productID": .int(0x98), "packetID": .int(0x12)]
        ),
        (
            "C4:7C:8D:6A:3E:7A", "7120 9800 66 7A3E6A8D7CC4 0D 0710 03 102700",
            ["illuminance": .int(10000), "productID": .int(0x98), "packetID": .int(0x66)]
        ),
        (
            "C4:7C:8D:00:01:5D", "7120 5D01 01 5D01008D7CC4 0D 0810 01 40 0910 02 5702",
            ["moisture": .int(64), "conductivity": .int(599), "productID": .int(0x015D), "packetID": .int(1)]
        ),
        (
            "A4:C1:38:D4:3C:48", "3058 5B05 02 483CD438C1A4 08", ["productID": .int(0x055B), "packetID": .int(2)]
        ),
    ]

    @Test("frames of real devices in the clear are read")
    func inTheClear() throws {
        for (address, hexadecimal, fields) in Self.frames {
            var decoder = try BeaconDecoder(address)
            #expect(decoder.fields(AdvertisementData(service: 0xFE95, hexadecimal)) == fields)
        }
    }

    @Test(
        "objects are read",
        arguments: [
            ("0A00 02 7A0E", ["temperature": .double(37.06)]), ("0410 02 CEFF", ["temperature": .double(-5)]),
            ("0610 02 9801", ["humidity": .double(40.8)]), ("0A10 01 5D", ["battery": .int(93)]),
            ("0710 03 E80300", ["illuminance": .int(1000)]),
            ("0510 02 01 63", ["switchOn": .boolean(true), "temperature": .int(99)]),
            ("1010 02 0C00", ["formaldehyde": .double(0.12)]), ("1210 01 00", ["switchOn": .boolean(false)]),
            ("1310 01 32", ["consumable": .int(50)]), ("1410 01 01", ["moistureDetected": .boolean(true)]),
            ("1510 01 00", ["smoke": .boolean(false)]), ("1810 01 01", ["lightDetected": .boolean(true)]),
            ("0300 01 00", ["motion": .boolean(true)]),
            ("0F00 03 640000", ["motion": .boolean(true), "illuminance": .int(100)]),
            ("1710 04 78000000", ["motion": .boolean(false), "idleTime": .int(120)]),
            ("1848 02 0000", ["motion": .boolean(true), "idleTime": .int(0)]),
            ("1B10 04 00000000", ["motion": .boolean(false)]),
            ("0700 01 00", ["door": .boolean(true), "doorEvent": .string("open")]),
            ("0700 05 01 00000000", ["door": .boolean(false), "doorEvent": .string("closed")]),
            ("0700 01 02", ["door": .boolean(true), "doorEvent": .string("left_open")]),
            ("0700 01 03", ["door": .boolean(false), "doorEvent": .string("knock")]),
            ("0700 01 04", ["door": .boolean(true), "doorEvent": .string("pried")]),
            ("0700 01 05", ["door": .boolean(false), "doorEvent": .string("stuck")]), ("0700 01 06", [:]),
            ("1910 01 01", ["opening": .boolean(false), "doorEvent": .string("closed")]), ("1910 01 03", [:]),
            ("0448 01 01", ["opening": .boolean(true), "doorEvent": .string("open")]),
            ("124A 01 02", ["opening": .boolean(false), "doorEvent": .string("closed")]), ("124A 01 00", [:]),
            ("1A4A 01 01", ["opening": .boolean(true), "doorEvent": .string("left_open")]),
            ("0F4A 01 01", ["tamper": .boolean(true)]),
            ("0110 03 01 00 02", ["buttonIndex": .int(1), "button": .string("long_press")]),
            ("0110 03 00 00 00", ["buttonIndex": .int(0), "button": .string("press")]),
            ("0110 03 00 00 04", ["buttonIndex": .int(0), "button": .string("event_4")]),
            ("0D4E 01 02", ["buttonIndex": .int(2), "button": .string("double_press")]),
            ("134A 01 01", ["button": .string("press")]), ("0348 01 64", ["battery": .int(100)]),
            ("014C 04 CDCCC841", ["temperature": .double(25.1)]), ("014C 04 0000C07F", [:]),
            ("024C 01 2D", ["humidity": .int(45)]),
            ("0148 04 9A99C941", ["temperature": .double(25.2)]), ("0248 01 2D", ["humidity": .int(45)]),
            ("0848 04 00003642", ["humidity": .double(45.5)]), ("0648 01 01", ["moistureDetected": .boolean(true)]),
            ("084C 04 00003642", ["humidity": .double(45.5)]),
            ("0548 04 0000C842", ["illuminance": .double(100)]), ("014A 01 01", ["batteryLow": .boolean(true)]),
            ("084A 04 0000C842", ["motion": .boolean(true), "illuminance": .double(100)]),
            ("FFFF 02 0102 0A10 01 05", ["battery": .int(5)]), ("0A10 01 05 0000", ["battery": .int(5)]), ("", [:]),
        ] as [(String, [String: PropertyValue])]
    )
    func objects(hexadecimal: String, expected: [String: PropertyValue]) throws {
        var decoder = try BeaconDecoder("C4:7C:8D:6B:4F:F3")
        var fields = decoder.fields(AdvertisementData(service: 0xFE95, "4050 9800 12" + hexadecimal))
        #expect(fields.removeValue(forKey: "productID") == .int(0x98))
        #expect(fields.removeValue(forKey: "packetID") == .int(0x12))
        #expect(fields == expected)
    }

    @Test("capabilities with inputs and outputs are passed over")
    func capabilities() throws {
        var decoder = try BeaconDecoder("C4:7C:8D:6B:4F:F3")
        #expect(
            decoder.fields(AdvertisementData(service: 0xFE95, "6050 9800 12 20 01 0A10 01 05"))["battery"] == .int(5)
        )
    }

    @Test("encrypted frames of real devices are opened by their keys")
    func encrypted() throws {
        let frames: [(address: String, key: String, hexadecimal: String, field: String, value: Double)] = [
            (
                "5A:58:2D:34:12:5F", "814aac74c4f17b6c1581e1ab87816b99",
                "5858480B685F12342D585A0B1841E2AA000E00A4964FB5", "humidity", 59.6
            ),
            (
                "58:2D:34:12:20:89", "a3bfe9853dd85a620debe3620caaa351",
                "58586F0607892012342D585F176DD54F0200002FA453FA", "temperature", 22.6
            ),
            (
                "A4:C1:38:02:83:F4", "e9ea895fac7cca6d30532432a516f3a8",
                "58585B0550F4830238C1A495EF58763C26000097E2ABB5", "humidity", 46.7
            ),
            (
                "A4:C1:38:80:15:07", "4d8f1373fb4d3bab557d0ebd1c78f8c4", "4859B5553A8699BDA053448F1200005B046D6A",
                "temperature", 25.2
            ),
        ]
        for frame in frames {
            let data = AdvertisementData(service: 0xFE95, frame.hexadecimal)
            var decoder = try BeaconDecoder(frame.address, key: frame.key)
            #expect(decoder.fields(data)[frame.field] == .double(frame.value))
            var keyless = try BeaconDecoder(frame.address)
            #expect(keyless.only(data) == .failure(.keyNeeded(.miBeacon)))
            var wrong = try BeaconDecoder(frame.address, key: "000102030405060708090a0b0c0d0e0f")
            #expect(wrong.only(data) == .failure(.wrongKey(.miBeacon)))
        }
    }

    @Test("a changed bit anywhere is noticed")
    func tampered() throws {
        let frame = beaconBytes("4859B5553A8699BDA053448F1200005B046D6A")
        // Behind the control bits everything is protected: product, counter, data and tag.
        for position in 2..<frame.count {
            var decoder = try BeaconDecoder("A4:C1:38:80:15:07", key: "4d8f1373fb4d3bab557d0ebd1c78f8c4")
            var data = AdvertisementData()
            data.serviceData[MiBeaconFrame.service] = frame
            data.serviceData[MiBeaconFrame.service]?[position] ^= 0x10
            #expect(decoder.only(data) == .failure(.wrongKey(.miBeacon)))
        }
    }

    @Test("frames that cannot be read say why")
    func refused() throws {
        let address = try #require(BluetoothAddress("C4:7C:8D:6B:4F:F3"))
        let cases: [(String, BeaconError)] = [
            ("", .truncated(.miBeacon)), ("7120 9800", .truncated(.miBeacon)),
            ("7120 9800 12 F34F6B8D7C", .truncated(.miBeacon)), ("7120 9800 12 F34F6B8D7CC4", .truncated(.miBeacon)),
            ("4050 9800 12 0410 02 C4", .truncated(.miBeacon)), ("4050 9800 12 0410 01 C4", .truncated(.miBeacon)),
            ("4010 9800 12 0410 02 C400", .malformed(.miBeacon, "the version 1")),
            ("C050 9800 12 0410 02 C400", .malformed(.miBeacon, "a part of a mesh")),
            ("4850 9800 12 010203040506", .truncated(.miBeacon)),
            ("5830 B603 D2 F34F6B8D7CC4 F8C3491476757E00000099", .encrypted(.miBeacon)),
            (
                "5020 9800 12 F44F6B8D7CC4 0410 02 C400",
                .otherDevice(.miBeacon, try #require(BluetoothAddress("C4:7C:8D:6B:4F:F4")))
            ),
        ]
        for (hexadecimal, error) in cases {
            var decoder = BeaconDecoder(address: address)
            #expect(decoder.only(AdvertisementData(service: 0xFE95, hexadecimal)) == .failure(error), "\(hexadecimal)")
        }
    }

    @Test("a device with a key may say that it is there, but nothing more, in the clear")
    func downgrade() throws {
        var decoder = try BeaconDecoder("A4:C1:38:D4:3C:48", key: "814aac74c4f17b6c1581e1ab87816b99")
        #expect(
            decoder.fields(AdvertisementData(service: 0xFE95, "3058 5B05 02 483CD438C1A4 08"))["packetID"] == .int(2)
        )
        let clear = AdvertisementData(service: 0xFE95, "5058 5B05 02 483CD438C1A4 0A10 01 05")
        #expect(decoder.only(clear) == .failure(.notEncrypted(.miBeacon)))
    }
}
