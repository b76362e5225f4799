// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Beacon formats")
struct BeaconFormatTests {
    private static let address = "A4:C1:38:01:02:03"

    @Test("an iBeacon tells its UUID, numbers and strength")
    func iBeacon() throws {
        let data = AdvertisementData(
            parsing: beaconBytes("02 01 1A 1A FF 4C00 02 15 E2C56DB5DFFB48D2B060D0F5A71096E0 0102 0304 C5")
        )
        var decoder = try BeaconDecoder(Self.address)
        #expect(
            decoder.fields(data) == [
                "uuid": .string("e2c56db5-dffb-48d2-b060-d0f5a71096e0"), "major": .int(0x0102), "minor": .int(0x0304),
                "measuredPower": .int(-59),
            ]
        )
        var other = AdvertisementData()
        other.manufacturerData[0x004C] = [0x10, 0x05, 0x01]
        #expect(decoder.decode(other).isEmpty)
        other.manufacturerData[0x004C] = [0x02, 0x15, 0x01]
        #expect(decoder.only(other) == .failure(.truncated(.iBeacon)))
    }

    @Test("Eddystone tells who, where and how")
    func eddystone() throws {
        var decoder = try BeaconDecoder(Self.address)
        let uid = AdvertisementData(service: 0xFEAA, "00 EE 000102030405060708 09 A1A2A3A4A5A6 0000")
        #expect(
            decoder.fields(uid) == [
                "txPower": .int(-18), "namespace": .string("00010203040506070809"), "instance": .string("a1a2a3a4a5a6"),
            ]
        )
        let url = AdvertisementData(service: 0xFEAA, "10 BA 03 676F6F676C65 07 2F61")
        #expect(decoder.fields(url) == ["txPower": .int(-70), "url": .string("https://google.com/a")])
        let telemetry = AdvertisementData(service: 0xFEAA, "20 00 0BB8 1940 00000064 000003E9")
        #expect(
            decoder.fields(telemetry) == [
                "voltage": .double(3), "temperature": .double(25.25), "advertisementCount": .int(100),
                "uptime": .double(100.1),
            ]
        )
        let ephemeral = AdvertisementData(service: 0xFEAA, "30 04 0102030405060708")
        #expect(decoder.fields(ephemeral) == ["txPower": .int(4), "ephemeralID": .string("0102030405060708")])
    }

    @Test(
        "addresses of the web are completed",
        arguments: [
            ("00 6162 00", "http://www.ab.com/"), ("01 61 01", "https://www.a.org/"), ("02 61 02", "http://a.edu/"),
            ("03 61 03", "https://a.net/"), ("00 61 04", "http://www.a.info/"), ("00 61 05", "http://www.a.biz/"),
            ("00 61 06", "http://www.a.gov/"), ("02 61 07", "http://a.com"), ("02 61 08", "http://a.org"),
            ("02 61 09", "http://a.edu"), ("02 61 0A", "http://a.net"), ("02 61 0B", "http://a.info"),
            ("02 61 0C", "http://a.biz"), ("02 61 0D", "http://a.gov"), ("03", "https://"),
        ]
    )
    func urls(hexadecimal: String, url: String) throws {
        var decoder = try BeaconDecoder(Self.address)
        #expect(decoder.fields(AdvertisementData(service: 0xFEAA, "10 00 \(hexadecimal)"))["url"] == .string(url))
    }

    @Test("Eddystone that is encrypted, unknown or broken says so")
    func brokenEddystone() throws {
        var decoder = try BeaconDecoder(Self.address)
        let cases: [(String, BeaconError)] = [
            ("20 01 000102030405060708090A0B 0102 0304", .encrypted(.eddystoneTLM)),
            ("20 02 0BB8", .malformed(.eddystoneTLM, "the version 2")),
            ("20 00 0BB8 1940 00000064 000003", .truncated(.eddystoneTLM)),
            ("10 00 04 61", .malformed(.eddystoneURL, "the unknown scheme 4")),
            ("10 00 00 61 0E", .malformed(.eddystoneURL, "the byte 14 in the address")),
            ("10 00 00 61 7F", .malformed(.eddystoneURL, "the byte 127 in the address")),
            ("10 00", .truncated(.eddystoneURL)), ("00 00 01", .truncated(.eddystoneUID)),
            ("30 00 01", .truncated(.eddystoneEID)),
        ]
        for (hexadecimal, error) in cases {
            #expect(decoder.only(AdvertisementData(service: 0xFEAA, hexadecimal)) == .failure(error))
        }
        #expect(decoder.decode(AdvertisementData(service: 0xFEAA, "40 00")).isEmpty)
        #expect(decoder.decode(AdvertisementData(service: 0xFEAA, "")).isEmpty)
        // "Not measured" is no value.
        let nothing = AdvertisementData(service: 0xFEAA, "20 00 0000 8000 00000001 00000002")
        #expect(decoder.fields(nothing) == ["advertisementCount": .int(1), "uptime": .double(0.2)])
    }

    @Test("the thermometers of atc1441 and pvvx are told apart by their length")
    func thermometers() throws {
        var decoder = try BeaconDecoder(Self.address)
        #expect(
            decoder.fields(AdvertisementData(service: 0x181A, "A4C138010203 00D7 32 55 0B0E 2A")) == [
                "temperature": .double(21.5), "humidity": .int(50), "battery": .int(85), "voltage": .double(2.83),
                "packetID": .int(42),
            ]
        )
        #expect(
            decoder.fields(AdvertisementData(service: 0x181A, "03020138C1A4 F3FD D711 AB0B 4A 07 05")) == [
                "temperature": .double(-5.25), "humidity": .double(45.67), "battery": .int(74),
                "voltage": .double(2.987), "packetID": .int(7), "flags": .int(5),
            ]
        )
        #expect(decoder.decode(AdvertisementData(service: 0x181A, "A4C138010203 00D7 32 55 0B0E")).isEmpty)
        let encrypted =
            [AdvertisementData(service: 0x181A, "0102030405060708")]
            + [AdvertisementData(service: 0x181A, "0102030405060708090A0B")]
        #expect(encrypted.map { decoder.only($0) } == [.failure(.encrypted(.atc)), .failure(.encrypted(.pvvx))])
        let other = try #require(BluetoothAddress("A4:C1:38:01:02:04"))
        #expect(
            decoder.only(AdvertisementData(service: 0x181A, "A4C138010204 00D7 32 55 0B0E 2B"))
                == .failure(.otherDevice(.atc, other))
        )
        #expect(
            decoder.only(AdvertisementData(service: 0x181A, "04020138C1A4 F3FD D711 AB0B 4A 08 05"))
                == .failure(.otherDevice(.pvvx, other))
        )
    }

    @Test("one advertisement may speak several formats, and unknown data none")
    func several() throws {
        var decoder = try BeaconDecoder(Self.address)
        var data = AdvertisementData(service: 0xFEAA, "20 00 0BB8 1940 00000064 000003E8")
        data.serviceData[BluetoothUUID(0xFCD2)] = beaconBytes("40 02 CA09")
        data.serviceData[BluetoothUUID(0x180F)] = [0x64]
        data.manufacturerData[0x0059] = [1, 2, 3]
        let formats = decoder.decode(data).map { (try? $0.get())?.format }
        #expect(formats == [.eddystoneTLM, .bthome])
        #expect(decoder.decode(AdvertisementData()).isEmpty)
    }

    @Test("the same bytes again are the same reading, marked as such")
    func repeats() throws {
        var decoder = try BeaconDecoder(Self.address)
        let first = AdvertisementData(service: 0xFCD2, "40 00 01 3A 01")
        let readings = [first, first, AdvertisementData(service: 0xFCD2, "40 00 02 3A 01"), first].map { data in
            try? decoder.only(data)?.get()
        }
        #expect(readings.map { $0?.isRepeat } == [false, true, false, false])
        #expect(readings[0]?.fields == readings[1]?.fields)
    }

    @Test("every field has its unit in one place, and errors are sentences")
    func units() {
        #expect(BeaconField.temperature.unit == "°C" && BeaconField.conductivity.unit == "µS/cm")
        #expect(BeaconField.packetID.unit == "" && BeaconField.measuredPower.unit == "dBm")
        #expect(
            BeaconError.wrongKey(.bthome).description
                == "BTHome data that the bind key does not open; the key is another device's or old"
        )
        #expect(
            BeaconError.replayed(.miBeacon, counter: 3, last: 9).description
                == "MiBeacon data with the counter 3 after 9; it may be a recording"
        )
    }
}
