// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Synchronization
import Testing

@testable import BluetoothDriver

@Suite("Devices that only advertise", .timeLimit(.minutes(1)))
struct ListeningSessionTests {
    /// Is a session with a device that a test plays, on a clock of its own.
    private struct Bench {
        let clock = ManualClock()
        let air: ScriptedAir
        let session: ListeningSession
        let device: DriverBench.BoundDevice

        init(_ properties: [String: ConfigNode], keys: [String: ConfigNode] = [:]) async throws {
            let address = try SimulatorMake.address()
            air = ScriptedAir(address, clock: clock)
            var all: [String: ConfigNode] = [
                "mode": "advertisement", "presenceTimeout": 30000, "connectTimeout": 1000,
            ]
            if keys["name"] == nil { all["macAddress"] = ConfigNode(.string("\(address)")) }
            all.merge(keys) { $1 }
            device = try DriverBench("hci0", folder: "/nonexistent").device(all, properties)
            session = try await ListeningSession.open(device, over: air, decoders: BeaconDecoders(), clock: clock)
        }

        /// What is read once the first reading does not wait any more.
        func texts() async throws -> [String] {
            if clock.uptime < .seconds(1) { await clock.advance(by: .seconds(1), keeping: 1) }
            return await session.read(device.visitors).map { result in
                switch result {
                case .success(let sample): sample.value.text
                case .failure(let error): "\(error)"
                }
            }
        }
    }

    private static let thermometer: [String: ConfigNode] = ["t": ["source": "beacon", "field": "temperature"]]

    /// BTHome: an object 0x45, tenths of a degree, behind a packet's number.
    private static func bthome(_ tenths: UInt8, number: UInt8 = 1) -> [UInt8] {
        [0x02, 0x01, 0x06, 0x09, 0x16, 0xD2, 0xFC, 0x40, 0x00, number, 0x45, tenths, 0x00]
    }

    private static func heard(_ bench: Bench) -> NewsList {
        let list = NewsList()
        bench.session.push { list.add($0) }
        return list
    }

    @Test("a value is told when it is new, and is there to be read with the time at which it was heard")
    func value() async throws {
        let bench = try await Bench(Self.thermometer)
        let list = Self.heard(bench)
        #expect(try await bench.texts() == ["F0:02:03:04:05:01 was not heard yet"])
        bench.air.advertise(Self.bthome(215))
        bench.air.advertise(Self.bthome(215))
        bench.air.advertise(Self.bthome(216, number: 2))
        #expect(list.texts == ["t = 21.5", "t = 21.6"])
        #expect(try await bench.texts() == ["21.6"])
    }

    @Test("what was heard is not given after closing")
    func closed() async throws {
        let bench = try await Bench(Self.thermometer)
        bench.air.advertise(Self.bthome(215))
        #expect(try await bench.texts() == ["21.5"])
        await bench.session.close()
        #expect(try await bench.texts() == ["F0:02:03:04:05:01 is not listened to any more"])
    }

    @Test("others' advertisements are not taken, whatever they say")
    func others() async throws {
        let bench = try await Bench(Self.thermometer)
        let list = Self.heard(bench)
        bench.air.advertise(Self.bthome(215), from: try SimulatorMake.address(2))
        #expect(list.texts.isEmpty)
    }

    @Test("silence is told once it has lasted, and what was heard before is not read any more")
    func silence() async throws {
        let bench = try await Bench(Self.thermometer)
        let list = Self.heard(bench)
        await bench.clock.advance(by: .seconds(10), keeping: 1)
        bench.air.advertise(Self.bthome(215))
        await bench.clock.advance(by: .seconds(29), keeping: 1)
        #expect(try await bench.texts() == ["21.5"])
        #expect(list.texts == ["t = 21.5"])
        await bench.clock.advance(by: .seconds(2))
        await list.wait(for: 2)
        #expect(try await bench.texts() == ["F0:02:03:04:05:01 was not heard for 30.0 seconds"])
        #expect(list.texts == ["t = 21.5", "lost: F0:02:03:04:05:01 was not heard for 30.0 seconds"])
        // The same packet again is news from one that was away.
        bench.air.advertise(Self.bthome(215))
        #expect(list.texts.last == "t = 21.5")
        #expect(try await bench.texts() == ["21.5"])
    }

    @Test("one that was never heard is told to be away as well")
    func never() async throws {
        let bench = try await Bench(Self.thermometer)
        let list = Self.heard(bench)
        await bench.clock.waitForSleepers(1)
        await bench.clock.advance(by: .seconds(31))
        await list.wait(for: 1)
        #expect(list.texts == ["lost: F0:02:03:04:05:01 was not heard for 30.0 seconds"])
    }

    @Test("of several that have the name the first is kept, until it is silent")
    func name() async throws {
        let bench = try await Bench(["s": ["source": "rssi"]], keys: ["name": "TAG"])
        let named: [UInt8] = [0x04, 0x09, 0x74, 0x61, 0x67]
        bench.air.advertise(named, rssi: -50)
        bench.air.advertise(named, from: try SimulatorMake.address(2), rssi: -70)
        #expect(try await bench.texts() == ["-50"])
        await bench.clock.advance(by: .seconds(11), keeping: 1)
        bench.air.advertise(named, from: try SimulatorMake.address(2), rssi: -70)
        #expect(try await bench.texts() == ["-70"])
    }

    @Test("what one that has the name said is not said of the next")
    func successor() async throws {
        let bench = try await Bench(
            [
                "t": ["source": "beacon", "field": "temperature"], "r": ["source": "rssi"],
                "m": ["source": "manufacturerData", "companyID": 0x1234, "dataType": "uint8"],
            ],
            keys: ["name": "TAG"]
        )
        let named: [UInt8] = [0x04, 0x09, 0x74, 0x61, 0x67]
        let list = Self.heard(bench)
        bench.air.advertise(named + Self.bthome(215).dropFirst(3) + [0x04, 0xFF, 0x34, 0x12, 7])
        #expect(try await bench.texts() == ["7", "-60", "21.5"])
        await bench.clock.advance(by: .seconds(11), keeping: 1)
        bench.air.advertise(named, from: try SimulatorMake.address(2), rssi: -70)
        #expect(
            try await bench.texts() == [
                "'TAG' has not advertised data of that company yet", "-70",
                "'TAG' has not advertised 'temperature' yet",
            ]
        )
        // One that was away longer is news with what it says itself, and nothing else.
        await bench.clock.advance(by: .seconds(40))
        bench.air.advertise(named, from: try SimulatorMake.address(3), rssi: -80)
        #expect(list.texts.filter { $0.hasPrefix("t =") } == ["t = 21.5"])
    }

    @Test("manufacturers' and services' data are read by their bytes; what was not advertised is said")
    func slices() async throws {
        let bench = try await Bench([
            "a": ["source": "manufacturerData", "companyID": 0x1234, "dataType": "uint8", "startByte": 1],
            "b": ["source": "serviceData", "serviceDataUUID": "181a", "dataType": "int16"],
            "c": ["source": "battery"], "d": ["source": "lastSeen"],
        ])
        let list = Self.heard(bench)
        bench.air.advertise([0x05, 0xFF, 0x34, 0x12, 7, 9])
        #expect(list.texts == ["a = 9", "d = \(bench.clock.timestamp.milliseconds)"])
        #expect(
            try await bench.texts() == [
                "9", "F0:02:03:04:05:01 has not advertised data for that service yet",
                "F0:02:03:04:05:01 has not advertised 'battery' yet", "\(list.firstTime ?? -1)",
            ]
        )
        bench.air.advertise([0x05, 0x16, 0x1A, 0x18, 0xFE, 0xFF])
        #expect(list.texts.last == "b = -2")
    }

    @Test("a key that does not fit is said in the place of a value")
    func key() async throws {
        let bench = try await Bench(Self.thermometer, keys: ["bindKey": "231d39c1d7cc1ab1aee224cd096db932"])
        bench.air.advertise(
            [0x02, 0x01, 0x06, 0x12, 0x16, 0xD2, 0xFC, 0x41] + [UInt8](repeating: 0x55, count: 14)
        )
        let texts = try await bench.texts()
        #expect(texts[0].hasPrefix("F0:02:03:04:05:01 sends BTHome data that the bind key does not open"))
    }
}
