// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

/// What a bad driver does to one device is that device's trouble alone.
///
/// In each case another device of the same mapper is read at every moment of its schedule meanwhile, and the mapper's
/// last reports go out in time.
@Suite("A driver that", .timeLimit(.minutes(2)))
struct MisbehaviourTests {
    private static let bad = DeviceID("bad")
    private static let well = DeviceID("well")

    /// A mapper with a device of that habit and one without any.
    private struct Bench {
        let edge = InMemoryEdge()
        let driver = WaywardDriver()
        let clock = ManualClock()
        let log = RecordedLog()

        func send(_ habit: WaywardDriver.Habit, _ properties: Property..., isThere: Bool = true) {
            let bad = MisbehaviourTests.device(MisbehaviourTests.bad, habit, properties)
            let well = MisbehaviourTests.device(MisbehaviourTests.well, .none, [.scripted("x", isTelemetry: true)])
            edge.send(DeviceProfile(devices: isThere ? [bad, well] : [well]))
        }

        /// Lets time pass while the device without habits is read so many times, each at its moment.
        /// - Parameter sleepers: How many devices wait for their next moment.
        func expectSchedule(readings: Int = 5, sleepers: Int) async throws {
            let before = edge.telemetry.count
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [edge] in
                    while edge.telemetry.count < before + readings {
                        _ = try await edge.nextTelemetry(of: MisbehaviourTests.well)
                    }
                }
                group.addTask { [clock] in
                    while !Task.isCancelled { await clock.advance(by: .milliseconds(50), keeping: sleepers) }
                }
                try await group.next()
                group.cancelAll()
            }
            let times = edge.telemetry.flatMap { $0.values.values.map(\.acquiredAt.milliseconds) }
            #expect(Set(zip(times, times.dropFirst()).map { $1 - $0 }) == [1000])
        }

        /// Whether something was logged of the device that misbehaves.
        func logged(_ texts: String...) -> Bool {
            log.lines.contains { line in line.contains("device=bad") && texts.allSatisfy(line.contains) }
        }

        func stuck(_ count: Int = 1) async throws {
            while driver.snag.count < count {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    private static func device(
        _ id: DeviceID,
        _ habit: WaywardDriver.Habit,
        _ properties: [Property]
    ) -> DeviceInstance {
        DeviceInstance(
            id: id,
            modelName: "model",
            protocolName: "wayward",
            protocolConfig: ["habit": .init(stringLiteral: habit.rawValue)],
            properties: properties
        )
    }

    /// Runs a mapper, and ends it.
    /// - Parameter hangs: Whether something does not let go then.
    private func run(hangs: Bool, _ body: (Bench) async throws -> Void) async throws {
        let bench = Bench()
        defer { bench.driver.snag.release() }
        var options = MapperOptions()
        options.spreadsCycles = false
        let mapper = Mapper(
            driver: bench.driver,
            link: bench.edge,
            options: options,
            clock: bench.clock,
            logger: bench.log.logger
        )
        let run = Task { try await mapper.run() }
        defer { run.cancel() }
        try await body(bench)
        run.cancel()
        if hangs {
            try await bench.edge.waitForState(.unknown, of: Self.bad)
            #expect(bench.edge.isRunning)
            // Whenever the mapper begins to count its grace.
            while bench.edge.isRunning {
                try Task.checkCancellation()
                await bench.clock.advance(by: .milliseconds(100))
                await Task.yield()
            }
            #expect(bench.logged("the device's driver does not let go"))
            bench.driver.snag.release()
        }
        try await run.value
        #expect(bench.edge.state(of: Self.bad) == .unknown)
        #expect(bench.edge.state(of: Self.well) == .unknown)
    }

    private func stuckAtOnce(_ habit: WaywardDriver.Habit) async throws {
        try await run(hangs: true) { bench in
            bench.send(habit, .scripted("x"))
            try await bench.stuck()
            try await bench.expectSchedule(sleepers: 1)
            #expect(bench.edge.reports.allSatisfy { $0.device == Self.well })
        }
    }

    private func stuckInWrite(_ habit: WaywardDriver.Habit) async throws {
        try await run(hangs: true) { bench in
            bench.send(habit, .scripted("x"))
            try await bench.edge.waitForState(.online, of: Self.bad)
            bench.edge.desire(Self.bad, ["x": "7"])
            try await bench.stuck()
            try await bench.expectSchedule(sleepers: 1)
            #expect(bench.edge.reports.allSatisfy { $0.values["x"]?.text != "7" || $0.device == Self.well })
        }
    }

    @Test("blocks its thread in open holds up nobody else")
    func blocksInOpen() async throws { try await stuckAtOnce(.blocksInOpen) }

    @Test("blocks its thread in read holds up nobody else")
    func blocksInRead() async throws { try await stuckAtOnce(.blocksInRead) }

    @Test("blocks its thread in write holds up nobody else")
    func blocksInWrite() async throws { try await stuckInWrite(.blocksInWrite) }

    @Test("never returns from open holds up nobody else")
    func hangsInOpen() async throws { try await stuckAtOnce(.hangsInOpen) }

    @Test("never returns from read holds up nobody else")
    func hangsInRead() async throws { try await stuckAtOnce(.hangsInRead) }

    @Test("never returns from write holds up nobody else, and nothing is reported as written")
    func hangsInWrite() async throws { try await stuckInWrite(.hangsInWrite) }

    @Test("never returns from close holds up nobody else, nor the last reports")
    func hangsInClose() async throws {
        try await run(hangs: true) { bench in
            bench.send(.hangsInClose, .scripted("x"))
            try await bench.edge.waitForState(.online, of: Self.bad)
            try await bench.expectSchedule(sleepers: 2)
        }
    }

    @Test("takes long to close a device that was taken away holds up nobody else")
    func slowToClose() async throws {
        try await run(hangs: false) { bench in
            bench.send(.hangsInClose, .scripted("x"))
            try await bench.edge.waitForState(.online, of: Self.bad)
            bench.send(.hangsInClose, .scripted("x"), isThere: false)
            try await bench.stuck()
            try await bench.expectSchedule(sleepers: 1)
            bench.driver.snag.release()
            try await bench.edge.waitForState(.unknown, of: Self.bad)
        }
    }

    @Test("throws errors of its own in open is tried again, and the error is said in its own words")
    func throwsForeignInOpen() async throws {
        try await run(hangs: false) { bench in
            bench.send(.throwsForeignInOpen, .scripted("x"))
            try await bench.edge.waitForState(.offline, of: Self.bad)
            try await bench.expectSchedule(sleepers: 2)
            #expect(bench.logged("offline, trying on", "libfoo: error 42"))
        }
    }

    @Test("throws errors of its own in read has no value reported, and the error said once")
    func throwsForeignInRead() async throws {
        try await run(hangs: false) { bench in
            bench.send(.throwsForeignInRead, .scripted("x"))
            try await bench.edge.waitForState(.online, of: Self.bad)
            try await bench.expectSchedule(sleepers: 2)
            #expect(bench.edge.reports.allSatisfy { $0.device == Self.well })
            let said = bench.log.lines.filter { $0.contains("device=bad") && $0.contains("libfoo: error 42") }
            #expect(said == ["warning reading fails device=bad error=libfoo: error 42 property=x"])
        }
    }

    @Test("throws errors of its own in write is tried again while it is desired")
    func throwsForeignInWrite() async throws {
        try await run(hangs: false) { bench in
            bench.send(.throwsForeignInWrite, .scripted("x", desired: "1000"))
            try await bench.edge.waitForState(.online, of: Self.bad)
            try await bench.expectSchedule(sleepers: 2)
            #expect(bench.logged("writing fails, trying on while it is desired", "libfoo: error 42"))
            #expect(!bench.logged("info written"))
        }
    }

    @Test(
        "answers with another number of results than was asked is named, and no property gets a value",
        arguments: [
            (WaywardDriver.Habit.tooFewResults, "1 result for 2 properties"),
            (.tooManyResults, "3 results for 2 properties"), (.noResults, "0 results for 2 properties"),
        ]
    )
    func wrongCount(habit: WaywardDriver.Habit, count: String) async throws {
        try await run(hangs: false) { bench in
            bench.send(habit, .scripted("x"), .scripted("y", isTelemetry: false))
            try await bench.edge.waitForState(.online, of: Self.bad)
            try await bench.expectSchedule(sleepers: 2)
            #expect(bench.edge.reports.allSatisfy { $0.device == Self.well })
            for property in ["x", "y"] {
                #expect(bench.logged("warning reading fails", "the driver is at fault", count, "property=\(property)"))
            }
        }
    }

    @Test("reads and writes nothing says so of each property, and nothing is made up")
    func doesNothing() async throws {
        struct Idle: DirectDriver {
            struct Config: Decodable, Sendable {}
            typealias ProtocolConfig = Config
            typealias VisitorConfig = Config
            let protocolNames = ["idle"]
        }
        let (edge, log) = (InMemoryEdge(), RecordedLog())
        let mapper = Mapper(driver: Idle(), link: edge, logger: log.logger)
        let run = Task { try await mapper.run() }
        let properties = [Property.scripted("x"), .scripted("y", desired: "1")]
        edge.send(
            DeviceInstance(
                id: Self.bad,
                modelName: "m",
                protocolName: "idle",
                protocolConfig: [:],
                properties: properties
            )
        )
        let expected = [
            "error the desired value is refused, nothing is written desired=1 device=bad "
                + "error=writing is not implemented by this driver yet property=y",
            "warning reading fails device=bad error=reading is not implemented by this driver yet property=x",
            "warning reading fails device=bad error=reading is not implemented by this driver yet property=y",
        ]
        while !Set(log.lines).isSuperset(of: expected) {
            try Task.checkCancellation()
            await Task.yield()
        }
        run.cancel()
        try await run.value
        #expect(edge.reports.isEmpty)
    }
}
