// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("BTHome")
struct BeaconBTHomeTests {
    /// Id and bytes as published, and what they stand for.
    private static let numbers: [(hexadecimal: String, field: BeaconField, value: PropertyValue, unit: String)] = [
        ("00 09", .packetID, .int(9), ""), ("01 61", .battery, .int(97), "%"),
        ("02 CA09", .temperature, .double(25.06), "°C"), ("03 BF13", .humidity, .double(50.55), "%"),
        ("04 138A01", .pressure, .double(1008.83), "hPa"), ("05 138A14", .illuminance, .double(13460.67), "lx"),
        ("06 5E1F", .mass, .double(80.3), "kg"), ("07 3E1D", .mass, .double(74.86), "lb"),
        ("08 CA06", .dewPoint, .double(17.38), "°C"), ("09 60", .count, .int(96), ""),
        ("0A 138A14", .energy, .double(1346.067), "kWh"), ("0B 021B00", .power, .double(69.14), "W"),
        ("0C 020C", .voltage, .double(3.074), "V"), ("0D 120C", .pm25, .int(3090), "µg/m³"),
        ("0E 021C", .pm10, .int(7170), "µg/m³"), ("12 E204", .co2, .int(1250), "ppm"),
        ("13 3301", .tvoc, .int(307), "µg/m³"), ("14 020C", .moisture, .double(30.74), "%"),
        ("2E 23", .humidity, .int(35), "%"), ("2F 23", .moisture, .int(35), "%"), ("3D 0960", .count, .int(24585), ""),
        ("3E 2A2C0960", .count, .int(1_611_213_866), ""), ("3F 020C", .rotation, .double(307.4), "°"),
        ("3F FEF3", .rotation, .double(-307.4), "°"), ("40 0C00", .distance, .int(12), "mm"),
        ("41 4E00", .distance, .double(7.8), "m"), ("42 4E3400", .duration, .double(13.39), "s"),
        ("43 4E34", .current, .double(13.39), "A"), ("44 4E34", .speed, .double(133.9), "m/s"),
        ("45 1101", .temperature, .double(27.3), "°C"), ("46 32", .uvIndex, .double(5), ""),
        ("47 8756", .volume, .double(2215.1), "L"), ("48 DC87", .volume, .int(34780), "mL"),
        ("49 DC87", .volumeFlowRate, .double(34.78), "m³/h"), ("4A 020C", .voltage, .double(307.4), "V"),
        ("4B 138A14", .gas, .double(1346.067), "m³"), ("4C 41018A01", .gas, .double(25821.505), "m³"),
        ("4D 12138A14", .energy, .double(344593.17), "kWh"), ("4E 87562A01", .volume, .double(19551.879), "L"),
        ("4F 87562A01", .water, .double(19551.879), "L"), ("50 5D396164", .timestamp, .int(1_684_093_277), "s"),
        ("51 8756", .acceleration, .double(22.151), "m/s²"), ("52 8756", .gyroscope, .double(22.151), "°/s"),
        ("53 0C 48656C6C6F20576F726C6421", .text, .string("Hello World!"), ""),
        ("54 03 48656C", .raw, .bytes([0x48, 0x65, 0x6C]), ""),
        ("55 87562A01", .volumeStorage, .double(19551.879), "L"), ("56 E803", .conductivity, .int(1000), "µS/cm"),
        ("57 EA", .temperature, .int(-22), "°C"), ("58 EA", .temperature, .double(-7.7), "°C"),
        ("59 EA", .count, .int(-22), ""), ("5A EAEA", .count, .int(-5398), ""),
        ("5B EA0234EA", .count, .int(-365_690_134), ""), ("5C 02FBFFFF", .power, .double(-12.78), "W"),
        ("5D 02EA", .current, .double(-5.63), "A"), ("5E 9F8C", .direction, .double(359.99), "°"),
        ("5F 7C02", .precipitation, .double(63.6), "mm"), ("60 01", .channel, .int(1), ""),
        ("61 AC0D", .rotationalSpeed, .int(3500), "1/min"), ("62 4099DFFF", .speed, .double(-2.123456), "m/s"),
        ("63 4057D0FF", .acceleration, .double(-3.123392), "m/s²"), ("64 02", .lightLevel, .int(2), ""),
        ("65 07", .settingsRevision, .int(7), ""), ("F0 0100", .deviceType, .int(1), ""),
        ("F1 00010204", .firmwareVersion, .string("4.2.1.0"), ""),
        ("F2 000106", .firmwareVersion, .string("6.1.0"), ""),
        ("3A 01", .button, .string("press"), ""), ("3B 01 03 05", .command, .string("step_up"), ""),
        ("3C 01 03", .dimmer, .int(-3), ""),
    ]

    private static let flags: [(id: UInt8, field: String)] = [
        (0x0F, "generic"), (0x10, "powerOn"), (0x11, "opening"), (0x15, "batteryLow"), (0x16, "batteryCharging"),
        (0x17, "carbonMonoxide"), (0x18, "cold"), (0x19, "connectivity"), (0x1A, "door"), (0x1B, "garageDoor"),
        (0x1C, "gasDetected"), (0x1D, "heat"), (0x1E, "lightDetected"), (0x1F, "unlocked"),
        (0x20, "moistureDetected"), (0x21, "motion"), (0x22, "moving"), (0x23, "occupancy"), (0x24, "plug"),
        (0x25, "presence"), (0x26, "problem"), (0x27, "running"), (0x28, "safety"), (0x29, "smoke"), (0x2A, "sound"),
        (0x2B, "tamper"), (0x2C, "vibration"), (0x2D, "window"),
    ]

    private static func fields(_ payload: String) throws -> [String: PropertyValue] {
        var decoder = try BeaconDecoder("54:48:E6:8F:80:A5")
        return decoder.fields(AdvertisementData(service: 0xFCD2, "40" + payload))
    }

    @Test("every number of the published table has its sign, factor and unit, to the last decimal")
    func published() throws {
        for (hexadecimal, field, value, unit) in Self.numbers {
            let fields = try BTHomeFrame.fields(beaconBytes(hexadecimal))
            #expect(fields[field.rawValue] == BeaconValue(value: value, unit: unit), "\(hexadecimal)")
        }
    }

    @Test("only the signed numbers of the table go below zero, and each needs all of its bytes")
    func signs() throws {
        let signed: Set<UInt8> = [0x02, 0x08, 0x3F, 0x45, 0x57, 0x58, 0x59, 0x5A, 0x5B, 0x5C, 0x5D, 0x62, 0x63]
        for (hexadecimal, field, value, _) in Self.numbers where value.number != nil && field != .dimmer {
            var bytes = beaconBytes(hexadecimal)
            for position in bytes.indices.dropFirst() { bytes[position] = 0xFF }
            let number = try #require(try BTHomeFrame.fields(bytes)[field.rawValue]?.value.number)
            #expect((number < 0) == signed.contains(bytes[0]), "\(hexadecimal)")
            #expect(throws: BeaconError.truncated(.bthome)) { try BTHomeFrame.fields(bytes.dropLast()) }
        }
    }

    @Test("every truth value of the published table is read")
    func truthValues() throws {
        for (id, field) in Self.flags {
            for bit in UInt8(0)...1 {
                let fields = try BTHomeFrame.fields([id, bit])
                #expect(fields == [field: BeaconValue(value: .boolean(bit == 1), unit: "")])
            }
        }
    }

    @Test("no object of the table is untested, and none has two meanings")
    func complete() {
        let tested = Set(Self.numbers.map { beaconBytes($0.hexadecimal)[0] } + Self.flags.map(\.id))
        #expect(tested == Set(BTHomeObject.table.keys))
        #expect(BTHomeObject.table.allSatisfy { $0.key == $0.value.id })
    }

    @Test("decimals come out as their owner would write them")
    func decimals() throws {
        for raw in Int64(-32768)...32767 {
            let text = BeaconScale.hundredths.value(raw).text
            let sign = raw < 0 ? "-" : ""
            let cents = raw.magnitude % 100
            var expected = "\(sign)\(raw.magnitude / 100)"
            if cents != 0 { expected += cents % 10 == 0 ? ".\(cents / 10)" : cents < 10 ? ".0\(cents)" : ".\(cents)" }
            guard text != expected, text != expected + ".0" else { continue }
            Issue.record("\(raw) became \(text) instead of \(expected)")
        }
    }

    @Test("the published advertisement is read")
    func publishedAdvertisement() throws {
        let data = AdvertisementData(parsing: beaconBytes("020106 0B094449592D73656E736F72 0A16D2FC4002C40903BF13"))
        var decoder = try BeaconDecoder("54:48:E6:8F:80:A5")
        #expect(data.localName == "DIY-sensor")
        #expect(decoder.fields(data) == ["temperature": .double(25), "humidity": .double(50.55)])
    }

    @Test("several values of one name are numbered")
    func numbered() throws {
        #expect(
            try Self.fields("02 CA09 45 1101 57 EA 3A 00 3A 02 3C 02 05") == [
                "temperature": .double(25.06), "temperature2": .double(27.3), "temperature3": .int(-22),
                "button": .string("none"), "button2": .string("double_press"), "dimmer": .int(5),
            ]
        )
    }

    @Test("events have their published names")
    func events() throws {
        let names = [
            "00": "none", "01": "press", "02": "double_press", "03": "triple_press", "04": "long_press",
            "05": "long_double_press", "06": "long_triple_press", "80": "hold_press", "FE": "hold_press",
            "7F": "event_127",
        ]
        for (event, name) in names { #expect(try Self.fields("3A" + event) == ["button": .string(name)]) }
        #expect(try Self.fields("3C 00 00") == ["dimmer": .int(0)])
        #expect(
            try Self.fields("3B 02 04 0102 01 61") == [
                "command": .string("step_down"), "commandArguments": .bytes([1, 2]), "battery": .int(97),
            ]
        )
        #expect(try Self.fields("3B 00 09") == ["command": .string("command_9")])
    }

    @Test("an unknown object ends the reading and keeps what stands before it")
    func unknown() throws {
        #expect(try Self.fields("01 61 EE 02 CA09") == ["battery": .int(97)])
        #expect(try Self.fields("EE 02 CA09").isEmpty)
    }

    @Test("frames that are cut off or of another version say so")
    func broken() throws {
        var decoder = try BeaconDecoder("54:48:E6:8F:80:A5")
        let cases: [(String, BeaconError)] = [
            ("", .truncated(.bthome)), ("40 02 CA", .truncated(.bthome)), ("40 53 0C 48", .truncated(.bthome)),
            ("40 3B 03 01 02", .truncated(.bthome)), ("42 0102", .truncated(.bthome)),
            ("20 02 CA09", .malformed(.bthome, "the version 1")), ("E1 02", .malformed(.bthome, "the version 7")),
        ]
        for (hexadecimal, error) in cases {
            #expect(decoder.only(AdvertisementData(service: 0xFCD2, hexadecimal)) == .failure(error))
        }
    }
}
