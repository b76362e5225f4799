// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Simulation: over a Unix socket", .timeLimit(.minutes(1)))
struct SimulationAirTests {
    private static func stage(_ path: String, faults: [String] = []) async throws -> SimulatorStage {
        let tag = try SimulationMake.device(
            "tag",
            ["macAddress": "F0:02:03:04:05:01", "adapter": ConfigNode(.string(path)), "security": "encrypted"],
            SimulationMake.properties
        )
        let beacon = try SimulationMake.device(
            "beacon",
            ["macAddress": "C0:02:03:04:05:02", "adapter": ConfigNode(.string(path)), "mode": "advertisement"],
            [SimulationMake.property("t", .double, ["source": "beacon", "field": "temperature"], in: 10...20)]
        )
        return try await SimulatorStage([tag, beacon], with: SimulationOptions(faults: faults))
    }

    private static func connect(_ path: String, _ first: String) throws -> PacketPeer {
        PacketPeer(try UnixSocket.open(path, saying: first))
    }

    private static func text(_ packet: [UInt8]) -> String { String(decoding: packet, as: UTF8.self) }

    private static let tag = "connect F0:02:03:04:05:01 random"

    @Test("a link carries PDUs, counts as encrypted, and is one at a time")
    func link() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        #expect(stage.lines.first == "device tag: bluetooth F0:02:03:04:05:01 random on \(path)")
        let first = try Self.connect(path, Self.tag)
        #expect(Self.text(first.receive()) == "connected -60")
        #expect(Self.text(try Self.connect(path, Self.tag).receive()) == "failed 16")
        let channel = ATTChannel(dup(first.descriptor))
        let client = GATTClient(channel: channel, limit: .seconds(10))
        let place = GATTPlace(characteristic: BluetoothUUID(0x2A19))
        let found = try place.find(in: try await client.table(for: [place]))
        #expect((20...80).contains(try #require(try await client.read(found.value).first)))
        channel.close()
        stage.stop()
        #expect(first.receive() == [])
        await stage.waitForEnd()
        #expect(access(path, F_OK) != 0)
    }

    @Test("control lines lose links, refuse them, and say what is wrong")
    func control() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let control = try Self.connect(path, "control")
        #expect(Self.text(control.ask(Array("refuse tag 1".utf8))) == "ok")
        let refused = try Self.connect(path, Self.tag)
        #expect(Self.text(refused.receive()) == "failed 38")
        #expect(refused.receive() == [])
        let link = try Self.connect(path, Self.tag)
        #expect(Self.text(link.receive()) == "connected -60")
        #expect(Self.text(control.ask(Array("set tag 2a19 07".utf8))) == "ok")
        #expect(Self.text(control.ask(Array("lose F0:02:03:04:05:01".utf8))) == "ok")
        while !link.receive().isEmpty {}
        #expect(
            Self.text(control.ask(Array("lose nobody".utf8)))
                == "error: there is no device 'nobody'; there are beacon, tag"
        )
        #expect(
            Self.text(control.ask(Array("hop tag".utf8))).hasPrefix("error: 'hop tag' says nothing: allowed are lose, ")
        )
        #expect(
            Self.text(control.ask(Array("slow tag".utf8)))
                == "error: 'slow tag' says nothing: write slow DEVICE MILLISECONDS"
        )
        #expect(stage.take("lose tag") == "ok")
    }

    @Test("who is absent, or of another kind, is waited for until it is there")
    func absent() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let control = try Self.connect(path, "control")
        #expect(Self.text(control.ask(Array("absent tag".utf8))) == "ok")
        let waiting = try Self.connect(path, Self.tag)
        let other = try Self.connect(path, "connect F0:02:03:04:05:01 public")
        #expect(Self.text(control.ask(Array("rssi tag -50".utf8))) == "ok")
        var entries = [waiting, other].map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        #expect(poll(&entries, 2, 200) == 0)
        #expect(Self.text(control.ask(Array("present tag".utf8))) == "ok")
        #expect(Self.text(waiting.receive()) == "connected -50")
        #expect(poll(&entries[1], 1, 200) == 0)
    }

    @Test("other first packets are told what is allowed")
    func nonsense() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let peer = try Self.connect(path, "hello")
        #expect(Self.text(peer.receive()).hasPrefix("error: 'connect ADDRESS public|random'"))
        #expect(peer.receive() == [])
    }

    @Test("a listener gets reports that decode, also while another one never reads")
    func listening() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let idle = try Self.connect(path, "listen")
        let peer = try Self.connect(path, "listen")
        let address = try #require(BluetoothAddress("C0:02:03:04:05:02"))
        var decoder = BeaconDecoder(address: address)
        var temperature: Double?
        while temperature == nil {
            let parameters = peer.receive()
            try #require(!parameters.isEmpty)
            let reports = HCIAdvertisingReport.reports(in: [0x3E, UInt8(parameters.count)] + parameters)
            for report in reports where report.address == address {
                let outcome = decoder.decode(AdvertisementData(parsing: report.data)).first
                temperature = try outcome?.get().fields["temperature"]?.value.number
            }
        }
        #expect((10...20).contains(temperature ?? 0))
        _ = idle
    }

    @Test("the driver reads a played device, whatever its security")
    func driver() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let device = try SimulationMake.device(
            "tag",
            ["macAddress": "F0:02:03:04:05:01", "addressType": "random", "adapter": ConfigNode(.string(path))],
            SimulationMake.properties
        )
        let session = try await BluetoothDriver().open(device)
        for (visitor, result) in zip(device.visitors, await session.read(device.visitors)) {
            #expect(throws: Never.self, "\(visitor.property.name)") { try result.get() }
        }
        await session.close()
    }

    @Test("one path is played once")
    func taken() async throws {
        let path = SimulationMake.path()
        let stage = try await Self.stage(path)
        defer { stage.stop() }
        let error = await #expect(throws: DeviceError.self) { try await Self.stage(path) }
        #expect(error?.message.contains("another simulator listens there") == true)
    }

    @Test("lines are read to the end of their source, which ends nothing else")
    func lines() async throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let lines = LineReader.lines(of: ends[0])
        _ = write(ends[1], "lose tag\nabsent", 15)
        _ = write(ends[1], " tag\n", 5)
        close(ends[1])
        var read: [String] = []
        for await line in lines { read.append(line) }
        #expect(read == ["lose tag", "absent tag"])
        close(ends[0])
    }
}
