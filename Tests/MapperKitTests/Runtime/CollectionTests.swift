// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("A running mapper: the way up", .timeLimit(.minutes(1)))
struct CollectionTests {
    @Test("What is due together is read in one batch and reported in one message")
    func oneBatch() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            device.set("y", .int(2))
            mapper.edge.send(.scripted("a", .scripted("x"), .scripted("y"), .scripted("slow", cycle: .seconds(2))))
            device.set("slow", .int(3))
            let report = try await mapper.edge.nextReport(of: DeviceID("a"))
            #expect(report.values.mapValues(\.text) == ["x": "1", "y": "2", "slow": "3"])
            device.set("x", .int(5))
            await mapper.clock.advance(by: .seconds(1), keeping: 1)
            let next = try await mapper.edge.nextReport(of: DeviceID("a"))
            #expect(next.values.mapValues(\.text) == ["x": "5"])
            #expect(next.values["x"]?.acquiredAt == mapper.clock.timestamp)
            #expect(device.batches.map(Set.init) == [["x", "y", "slow"], ["x", "y"]])
        }
    }

    @Test("A command does not wait for the portions of a long reading")
    func writeBetweenPortions() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            for name in ["x", "y", "z"] { device.set(name, .int(1)) }
            device.readInPortions(of: 1)
            let gate = device.block(.read)
            mapper.edge.send(
                .scripted("a", .scripted("x"), .scripted("y"), .scripted("z")),
                .scripted("b", .scripted("x"))
            )
            try await device.wait(for: .read, count: 1)
            mapper.edge.desire(DeviceID("a"), ["z": "7"])
            // Commands are passed on in order: when the other device has its own, this one has been told.
            mapper.edge.desire(DeviceID("b"), ["x": "1"])
            try await mapper.driver[DeviceID("b")].wait(for: .write, count: 1)
            gate.open()
            try await device.wait(for: .read, count: 4)
            let first = try await mapper.edge.nextReport(of: DeviceID("a"))
            #expect(first.values.mapValues(\.text) == ["x": "1", "z": "7"])
            let second = try await mapper.edge.nextReport(of: DeviceID("a"))
            #expect(second.values.mapValues(\.text) == ["y": "1"])
            #expect(device.batches.dropLast(device.batches.count - 4).map { $0 } == [["x"], ["z"], ["y"], ["z"]])
            #expect(device.writes == [ScriptedDevice.Write("z", .int(7))])
        }
    }

    @Test("A reading that waits for others gives way to one command after the other")
    func commandsBeforeAQueuedReading() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            for name in ["x", "y"] { device.set(name, .int(1)) }
            device.queueReadings(of: "x")
            mapper.edge.send(.scripted("a", .scripted("x"), .scripted("y")))
            for number in 2...6 {
                try await device.waitForQueuedReading()
                mapper.edge.desire(DeviceID("a"), ["y": "\(number)"])
                try await device.wait(for: .write, count: number - 1)
            }
            #expect(device.writes == (2...6).map { ScriptedDevice.Write("y", .int($0)) })
            device.queueReadings(of: nil)
            _ = try await mapper.edge.waitForReport(DeviceID("a"), "y") { $0.text == "6" }
        }
    }

    @Test("While the link is behind a device is read later, but is read, and commands go on")
    func linkBehind() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .milliseconds(100))))
            try await mapper.flow(readings: 10, of: device)
            mapper.edge.fallBehind()
            let start = mapper.clock.uptime
            try await mapper.flow(readings: 4, of: device)
            // Each after a second, instead of a tenth of one; the first may have been under way.
            #expect(mapper.clock.uptime - start > .seconds(3))
            mapper.edge.desire(DeviceID("a"), ["x": "7"])
            try await device.wait(for: .write, count: 1)
            mapper.edge.fallBehind(false)
            let end = mapper.clock.uptime
            try await mapper.flow(readings: 10, of: device)
            // Up to a second for the reading that is held back, a tenth of one for the others; ten while behind.
            #expect(mapper.clock.uptime - end < .seconds(5))
        }
    }

    @Test("Telemetry has what was read, and nothing of before")
    func noStaleTelemetry() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            for name in ["x", "y"] { device.set(name, .int(1)) }
            mapper.edge.send(.scripted("a", .scripted("x", isTelemetry: true), .scripted("y", isTelemetry: true)))
            try await mapper.flow(readings: 2, of: device)
            device.failReading("y", DeviceError(.rejected, "not now"))
            let before = mapper.edge.telemetry.count + 1
            try await mapper.flow(readings: 4, of: device)
            let later = mapper.edge.telemetry.dropFirst(before)
            #expect(!later.isEmpty)
            #expect(later.allSatisfy { Set($0.values.keys) == ["x"] })
        }
    }

    @Test("After a portion that nobody answered the others are not asked")
    func silence() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.readInPortions(of: 1)
            for name in ["x", "y"] { device.failReading(name, DeviceError(.timedOut, "silence")) }
            mapper.edge.send(.scripted("a", .scripted("x"), .scripted("y")))
            try await mapper.flow(readings: 2, of: device)
            #expect(Set(device.batches.map(\.count)) == [1])
            #expect(Set(device.batches).count == 1)
        }
    }

    @Test("A property that is due soon and costs nothing is read with the others, and not by itself")
    func companions() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            for name in ["x", "slow"] { device.set(name, .int(1)) }
            device.readInPortions(of: 10, takingOthers: true)
            mapper.edge.send(.scripted("a", .scripted("x"), .scripted("slow", cycle: .milliseconds(2500))))
            try await mapper.flow(readings: 7, of: device)
            #expect(
                device.batches.prefix(7) == [
                    ["x", "slow"], ["x"], ["x", "slow"], ["x"], ["x", "slow"], ["x"], ["x", "slow"],
                ]
            )
        }
    }

    @Test("Values pass the driver's transform and the model's type")
    func transform() async throws {
        try await RunningMapper.run { mapper in
            mapper.driver[DeviceID("a")].set("t", .int(215))
            mapper.edge.send(.scripted("a", .scripted("t", .float, visitor: ["scale": 0.1])))
            try await #expect(mapper.edge.nextReport(of: DeviceID("a")).values["t"]?.text == "21.5")
        }
    }

    @Test("A number is reported again when it has left the driver's deadband around the last report")
    func deadband() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("t", .int(200))
            device.set("x", .int(0))
            mapper.edge.send(
                .scripted("a", .scripted("t", .float, visitor: ["scale": 0.1, "deadband": 0.5]), .scripted("x"))
            )
            _ = try await mapper.edge.nextReport(of: DeviceID("a"))
            for (raw, text) in [(204, nil), (205, nil), (206, "20.6"), (202, nil), (201, nil), (200, "20")]
                as [(Int64, String?)]
            {
                device.set("t", .int(raw))
                device.set("x", .int(raw))
                await mapper.clock.advance(by: .seconds(1), keeping: 1)
                let report = try await mapper.edge.nextReport(of: DeviceID("a"))
                #expect(report.values["t"]?.text == text, "\(raw)")
            }
        }
    }

    @Test("A property that fails hurts no other one, and no value is reported for it")
    func oneFails() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("good", .int(1))
            device.failReading("bad", DeviceError(.rejected, "illegal address"))
            mapper.edge.send(.scripted("a", .scripted("good"), .scripted("bad")))
            let report = try await mapper.edge.nextReport(of: DeviceID("a"))
            #expect(report.values.keys.sorted() == ["good"])
            try await #expect(mapper.edge.nextState(of: DeviceID("a")) == .online)
        }
    }

    @Test("A value the model's type cannot hold is not reported")
    func notANumber() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[DeviceID("a")]
            device.set("nan", .double(.nan))
            device.set("good", .int(1))
            mapper.edge.send(.scripted("a", .scripted("nan", .double), .scripted("good")))
            try await #expect(mapper.edge.nextReport(of: DeviceID("a")).values.keys.sorted() == ["good"])
        }
    }

    @Test("Telemetry goes out with every report cycle, changed or not")
    func telemetry() async throws {
        try await RunningMapper.run { mapper in
            mapper.driver[DeviceID("a")].set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", reportCycle: .seconds(2), isTelemetry: true)))
            _ = try await mapper.edge.nextTelemetry(of: DeviceID("a"))
            try await mapper.flow(readings: 8, of: mapper.driver[DeviceID("a")])
            #expect(Set(mapper.telemetryGaps) == [.seconds(2)])
            #expect(mapper.edge.reports.count == 1)
        }
    }

    @Test("One lost answer proves nothing; two batches without any make the device offline, the next answer online")
    func availability() async throws {
        try await RunningMapper.run { mapper in
            let id = DeviceID("a")
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await #expect(mapper.edge.nextState(of: id) == .online)
            device.failReading("x", DeviceError(.timedOut, "no answer"), times: 1)
            try await mapper.flow(readings: 4, of: device)
            #expect(mapper.edge.states.map(\.state) == [.online])
            device.vanish(DeviceError(.timedOut, "no answer"))
            _ = try await mapper.flow { try await mapper.edge.waitForState(.offline, of: id) }
            device.recover()
            _ = try await mapper.flow { try await mapper.edge.waitForState(.online, of: id) }
            #expect(device.overlaps == 0)
        }
    }

    @Test("A device that cannot be opened is offline and tried on with growing pauses")
    func opening() async throws {
        try await RunningMapper.run { mapper in
            let id = DeviceID("a")
            let device = mapper.driver[id]
            device.failOpening(DeviceError(.unreachable, "no route"), times: 3)
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await #expect(mapper.edge.nextState(of: id) == .offline)
            _ = try await mapper.flow { try await mapper.edge.waitForState(.online, of: id) }
            #expect(mapper.clock.uptime >= .seconds(5), "1 + 2 + 4 seconds, less the part that chance takes")
            #expect(device.count(of: .open) == 4)
        }
    }

    @Test("When the mapper stops, the device is closed and its state is unknown")
    func stop() async throws {
        let id = DeviceID("a")
        var seen: (edge: InMemoryEdge, device: ScriptedDevice)?
        try await RunningMapper.run { mapper in
            seen = (mapper.edge, mapper.driver[id])
            mapper.driver[id].set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x")))
            try await #expect(mapper.edge.nextState(of: id) == .online)
        }
        #expect(seen?.edge.state(of: id) == .unknown)
        #expect(seen?.device.isOpen == false)
    }

    @Test("A driver that blocks its thread holds up no other device")
    func blocking() async throws {
        try await RunningMapper.run { mapper in
            let gates = (1...8).map { mapper.driver[DeviceID("stuck\($0)")].block(.open, blockingThread: true) }
            mapper.driver[DeviceID("well")].set("x", .int(1))
            let stuck = (1...8).map { DeviceInstance.scripted("stuck\($0)", .scripted("x")) }
            mapper.edge.send(DeviceProfile(devices: stuck + [.scripted("well", .scripted("x"))]))
            try await #expect(mapper.edge.nextState(of: DeviceID("well")) == .online)
            for gate in gates { gate.open() }
        }
    }
}
