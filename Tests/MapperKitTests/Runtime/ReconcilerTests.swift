// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("A running mapper: changing profiles", .timeLimit(.minutes(1)))
struct ReconcilerTests {
    @Test("Devices come and go while another one goes on without a gap")
    func addAndRemove() async throws {
        try await RunningMapper.run { mapper in
            let stays = DeviceInstance.scripted("stays", .scripted("x"))
            for name in ["stays", "goes", "comes"] { mapper.driver[DeviceID(name)].set("x", .int(1)) }
            mapper.edge.send(stays, .scripted("goes", .scripted("x")))
            try await mapper.edge.waitForState(.online, of: DeviceID("goes"))
            try await mapper.edge.waitForState(.online, of: DeviceID("stays"))
            mapper.edge.send(stays, .scripted("comes", .scripted("x")))
            try await mapper.edge.waitForState(.online, of: DeviceID("comes"))
            try await mapper.edge.waitForState(.unknown, of: DeviceID("goes"))
            #expect(!mapper.driver[DeviceID("goes")].isOpen)
            try await mapper.flow(readings: 3, of: mapper.driver[DeviceID("stays")])
            #expect(mapper.driver[DeviceID("stays")].count(of: .open) == 1)
        }
    }

    @Test("Another address opens the device anew; another cycle does not")
    func smallestChange() async throws {
        try await RunningMapper.run { mapper in
            let id = DeviceID("a")
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await device.wait(for: .read)
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .milliseconds(100), isTelemetry: true)))
            try await device.wait(for: .read, count: 2)
            try await mapper.flow(readings: 5, of: device)
            #expect(mapper.telemetryGaps.suffix(3) == Array(repeating: .milliseconds(100), count: 3))
            #expect(device.count(of: .open) == 1)
            mapper.edge.send(.scripted("a", address: "there", .scripted("x")))
            try await device.wait(for: .open, count: 2)
            #expect(device.count(of: .close) == 1)
            #expect(device.overlaps == 0)
        }
    }

    @Test("Each of many addresses in a row is gone to at once")
    func manyAddresses() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            for count in 1...6 {
                mapper.edge.send(.scripted("a", address: "place-\(count)", .scripted("x")))
                // The clock stands still: a pause would not end.
                try await device.wait(for: .read, count: count)
            }
            #expect(device.count(of: .open) == 6)
        }
    }

    @Test("A device of another generation is another device, although nothing else is different")
    func generation() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            var instance = DeviceInstance.scripted("a", .scripted("x"))
            mapper.edge.send(instance)
            try await device.wait(for: .read)
            instance.generation = 1
            mapper.edge.send(instance)
            try await device.wait(for: .open, count: 2)
            #expect(device.count(of: .close) == 1)
            #expect(device.overlaps == 0)
        }
    }

    @Test("An equal profile changes nothing")
    func equal() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await device.wait(for: .read)
            mapper.edge.send(.scripted("a", .scripted("x")))
            mapper.driver[DeviceID("b")].set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")), .scripted("b", .scripted("x")))
            try await mapper.driver[DeviceID("b")].wait(for: .read)
            #expect(device.batches.count == 1)
            #expect(device.count(of: .open) == 1)
        }
    }

    @Test("A changed desired value in the profile is written, the others are not")
    func desiredInProfile() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(0))
            device.set("y", .int(0))
            mapper.edge.send(.scripted("a", .scripted("x", desired: "1"), .scripted("y", desired: "1")))
            try await device.waitForWrites(2)
            mapper.edge.send(.scripted("a", .scripted("x", desired: "2"), .scripted("y", desired: "1")))
            try await device.waitForWrites(3)
            #expect(device.writes.last == ScriptedDevice.Write("x", .int(2)))
        }
    }

    @Test("A removed device that comes back waits for its predecessor to let go")
    func comesBack() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            let closing = device.block(.close)
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await device.wait(for: .read)
            mapper.edge.send(DeviceProfile())
            try await device.wait(for: .close)
            mapper.edge.send(.scripted("a", .scripted("x")))
            await mapper.clock.advance(by: .seconds(5))
            #expect(device.count(of: .open) == 1)
            closing.open()
            try await device.wait(for: .open, count: 2)
            #expect(device.overlaps == 0)
        }
    }

    @Test("Devices of other protocols and broken ones are left out; the rest runs")
    func othersProtocols() async throws {
        try await RunningMapper.run { mapper in
            var foreign = DeviceInstance.scripted("foreign", .scripted("x"))
            foreign.protocolName = "opcua"
            let broken = DeviceInstance.scripted("broken", .scripted("x", visitor: ["scale": "big"]))
            mapper.driver[DeviceID("well")].set("x", .int(1))
            mapper.edge.send(foreign, broken, .scripted("well", .scripted("x")))
            try await mapper.edge.waitForState(.online, of: DeviceID("well"))
            #expect(mapper.driver[DeviceID("foreign")].count(of: .open) == 0)
            #expect(mapper.driver[DeviceID("broken")].count(of: .open) == 0)
        }
    }
}
