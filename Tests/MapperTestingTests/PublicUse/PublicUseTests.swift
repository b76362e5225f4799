// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

/// What authors outside this package write, with nothing but what is public.
@Suite("Public use", .timeLimit(.minutes(2)))
struct PublicUseTests {
    private let boiler = DeviceID("boiler")

    @Test("an hour of a mapper, its device away and back, in no time")
    func hour() async throws {
        let (driver, clock) = (ScriptedDriver(), ManualClock())
        driver[boiler].set("count", .int(3))
        let profile = DeviceProfile(devices: [ScriptedProfile.device()])
        try await withMapper(driver, profile: profile, clock: clock) { edge in
            try await clock.flow { try await edge.expectReport("count", 3) }
            try await edge.expectNoReport("count") { await clock.advance(by: .seconds(300), keeping: 1) }
            driver[boiler].vanish()
            try await clock.flow { try await edge.expectState(.offline) }
            driver[boiler].recover()
            driver[boiler].set("count", .int(4))
            try await clock.flow { try await edge.expectReport("count", 4) }
            #expect(edge.state(of: boiler) == .online)
        }
        #expect(driver[boiler].overlaps == 0)
    }

    @Test("what is waited for is thrown through, and the clock stands still again")
    func flowing() async throws {
        struct Own: Error {}
        let clock = ManualClock()
        let sleeper = Task {
            while !Task.isCancelled { try? await clock.sleep(untilUptime: clock.uptime + .seconds(1)) }
        }
        await #expect(throws: Own.self) {
            try await clock.flow {
                while clock.uptime < .seconds(5) { await Task.yield() }
                throw Own()
            }
        }
        sleeper.cancel()
        await sleeper.value
    }

    @Test("EdgeCore's answers to one message")
    func deviceTwin() {
        var edgeCore = DeviceTwin(version: .v1_14_0)
        _ = edgeCore.put(boiler, twins: [CloudTwin("setpoint", type: "float", desired: "21.5")])
        let payload = Array(#"{"twin":{"setpoint":{"actual":{"value":"21.5"},"metadata":{"type":"float"}}}}"#.utf8)
        let answers = edgeCore.receive(topic: "$hw/events/device/boiler/twin/update", payload: payload)
        #expect(!answers.isEmpty)
        #expect(edgeCore.values(of: "setpoint", boiler) == (desired: "21.5", reported: "21.5"))
    }

    @Test("a driver without sessions keeps the contract")
    func directDriver() async throws {
        let report = try await DriverConformance.run(ShelfDriver(), profile: ShelfDriver.profile)
        #expect(report.breaches.isEmpty, "\(report)")
        #expect(report[.order] == .kept)
        #expect(report[.writes] == .kept)
        #expect(report[.afterClose] == .kept)
        #expect(report[.crowd] == .kept)
    }
}
