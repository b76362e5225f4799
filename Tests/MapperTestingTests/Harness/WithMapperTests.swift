// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("A mapper around a test", .timeLimit(.minutes(2)))
struct WithMapperTests {
    private let driver = ScriptedDriver()
    private let boiler = DeviceID("boiler")

    private func failure(_ body: () async throws -> Void) async -> MapperTestFailure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? MapperTestFailure
        }
    }

    @Test("files: values come up, desired ones go down and come back, and the devices are closed at the end")
    func files() async throws {
        driver[boiler].set("temperature", .int(195))
        try await withMapper(driver, profile: try ScriptedProfile.write()) { edge in
            try await edge.expectState(.online)
            try await edge.expectReport("temperature", 19.5)
            try edge.desire("temperature", "21.50")
            // What was reported before does not count any more, and its spelling is the cloud's.
            try await edge.expectReport("temperature", 21.5)
            #expect(try await edge.waitForReport(boiler, "temperature") { $0.text == "21.50" }.text == "21.50")
        }
        #expect(driver[boiler].value("temperature") == .int(215))
        #expect(!driver[boiler].isOpen)
    }

    @Test("all kinds of values")
    func kinds() async throws {
        driver[boiler].set("count", .int(3))
        driver[boiler].set("setpoint", .float(0.1))
        driver[boiler].set("heating", .boolean(false))
        driver[boiler].set("name", .string("main"))
        try await withMapper(driver, profile: DeviceProfile(devices: [ScriptedProfile.device()])) { edge in
            try await edge.expectReport("count", 3)
            try await edge.expectReport("setpoint", 0.1)
            try await edge.expectReport("heating", false)
            try await edge.expectReport("name", "main")
            try edge.desire("heating", "1", of: boiler)
            try await edge.expectReport("heating", true, of: boiler)
        }
    }

    @Test("a clock moved by hand: nothing is waited for, and what must not come can be told")
    func manualClock() async throws {
        let clock = ManualClock()
        driver[boiler].set("count", .int(3))
        let profile = DeviceProfile(devices: [ScriptedProfile.device()])
        try await withMapper(driver, profile: profile, clock: clock) { edge in
            await clock.advance(by: .seconds(1), keeping: 1)
            try await edge.expectReport("count", 3)
            try await edge.expectNoReport("count") { await clock.advance(by: .seconds(30), keeping: 1) }
            driver[boiler].set("count", .int(4))
            let failure = await failure {
                try await edge.expectNoReport("count", line: 7) { await clock.advance(by: .seconds(1), keeping: 1) }
            }
            #expect(
                failure?.description.contains("WithMapperTests.swift:7: expected no report of 'count'") == true
            )
            #expect(failure?.message.contains("'4'") == true)
        }
        #expect(!driver[boiler].isOpen)
    }

    @Test("what did not come: the line, what came instead, the state and the reason")
    func report() async throws {
        driver[boiler].failReading("setpoint", DeviceError(.rejected, "no such register"))
        try await withMapper(driver, profile: DeviceProfile(devices: [ScriptedProfile.device()])) { edge in
            for number in 1...7 {
                driver[boiler].set("count", .int(Int64(number)))
                try await edge.expectReport("count", ExpectedValue(number))
            }
            let wrong = await failure { try await edge.expectReport("count", 8, within: .milliseconds(50), line: 7) }
            #expect(
                wrong?.description.hasPrefix(
                    """
                    MapperTestingTests/WithMapperTests.swift:7: expected 'count' of device 'boiler' to be reported as 8 within 0.05 seconds
                      reported, the newest last: '3', '4', '5', '6', '7'
                      state: online
                    """
                ) == true,
                "\(String(describing: wrong))"
            )
            let absent = await failure { try await edge.expectReport("setpoint", 8, within: .milliseconds(50)) }
            #expect(absent?.message.contains("newest last: nothing") == true)
            #expect(
                absent?.message.contains("the mapper said: reading fails (property setpoint, error no such register)")
                    == true,
                "\(String(describing: absent))"
            )
        }
    }

    @Test("a device that is not there: its state, and why")
    func absence() async throws {
        driver[boiler].vanish(DeviceError(.unreachable, "nobody answers at here:502"))
        try await withMapper(driver, profile: DeviceProfile(devices: [ScriptedProfile.device()])) { edge in
            try await edge.expectState(.offline)
            let failure = await failure { try await edge.expectState(.online, within: .milliseconds(50)) }
            #expect(failure?.message.contains("expected device 'boiler' to be online") == true)
            #expect(failure?.message.contains("state: offline") == true)
            #expect(failure?.message.contains("nobody answers at here:502") == true, "\(String(describing: failure))")
        }
    }

    @Test("a call that hangs is named where a report is missed, and at the end")
    func hanging() async throws {
        driver[boiler].set("count", .int(1))
        let gate = driver[boiler].block(.read, blockingThread: true)
        let failure = await failure {
            try await withMapper(
                driver,
                profile: DeviceProfile(devices: [ScriptedProfile.device()]),
                endsWithin: .milliseconds(100),
                line: 7
            ) { edge in
                try await gate.waitForSomebody()
                try await edge.expectReport("count", 1, within: .milliseconds(50), line: 7)
            }
        }
        gate.open()
        let text = try #require(failure?.description)
        #expect(text.hasPrefix("MapperTestingTests/WithMapperTests.swift:7: "), "\(text)")
        #expect(text.contains("WithMapperTests.swift:7: expected 'count'"), "\(text)")
        #expect(text.contains("  under way: read of count, setpoint, heating, name"), "\(text)")
        #expect(text.contains("the mapper did not end within 0.1 seconds: the driver does not let go"), "\(text)")
        #expect(text.contains("  device 'boiler': read of count, setpoint, heating, name did not return"), "\(text)")
    }

    @Test("a test's own error comes through, and the mapper has ended by then")
    func ownError() async throws {
        struct Own: Error {}
        await #expect(throws: Own.self) {
            try await withMapper(driver, profile: DeviceProfile(devices: [ScriptedProfile.device()])) { edge in
                try await edge.expectState(.online)
                throw Own()
            }
        }
        #expect(!driver[boiler].isOpen)
    }

    @Test("names that are not there, and devices that are not named")
    func names() async throws {
        driver[boiler].set("count", .int(1))
        let devices = [ScriptedProfile.device(), ScriptedProfile.device("other")]
        try await withMapper(driver, profile: DeviceProfile(devices: devices)) { edge in
            try await edge.expectReport("count", 1, of: boiler)
            let unnamed = await failure { try await edge.expectReport("count", 1) }
            #expect(unnamed?.message == "say which device with 'of:'; the edge was sent 'boiler', 'other'")
            let misspelt = await failure { try edge.desire("setpiont", "1", of: boiler) }
            #expect(
                misspelt?.message
                    == "device 'boiler' has no property 'setpiont', did you mean 'setpoint'?; it has count, setpoint, heating, name"
            )
        }
    }

    @Test("a profile that cannot be used: every complaint with its place, at once")
    func complaints() async throws {
        let path = try ScriptedProfile.write(visitor: "scale: 0")
        let broken = try ScriptedProfile.write(visitor: "scale: lots")
        for (path, expected) in [(path, "a scale of 0 loses the value"), (broken, "lots")] {
            let failure = await failure { try await withMapper(driver, profile: path) { _ in } }
            let text = try #require(failure?.description)
            #expect(text.contains("\n  \(path):32:18: error: "), "\(text)")
            #expect(text.contains(expected), "\(text)")
        }
        let absent = await failure { try await withMapper(driver, profile: "/nonexistent/device.yaml") { _ in } }
        #expect(absent?.message.contains("/nonexistent/device.yaml") == true)
        let foreign = try ScriptedProfile.write(protocolName: "opcua")
        let stranger = await failure { try await withMapper(driver, profile: foreign) { _ in } }
        #expect(
            stranger?.message
                == "no device of the profile speaks the driver's protocol ('scripted'): its devices speak 'opcua'"
        )
    }
}
