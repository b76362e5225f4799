// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct InMemoryEdgeTests {
    private let edge = InMemoryEdge()
    private let boiler = DeviceID("boiler")

    private func report(_ text: String, of device: DeviceID) -> TwinReport {
        TwinReport(device, ["t": .init(text, dataType: .int, acquiredAt: Timestamp(milliseconds: 1))])
    }

    @Test func givesReportsOfEachDeviceInOrder() async throws {
        edge.report(report("1", of: boiler))
        edge.report(report("7", of: DeviceID("other")))
        edge.report(report("2", of: boiler))
        #expect(try await edge.nextReport(of: boiler) == report("1", of: boiler))
        #expect(try await edge.nextReport(of: boiler) == report("2", of: boiler))
        #expect(try await edge.nextReport(of: DeviceID("other")) == report("7", of: DeviceID("other")))
        #expect(edge.reports.count == 3)
    }

    @Test func waitsForAReportToCome() async throws {
        async let value = edge.waitForReport(boiler, "t") { $0.text == "2" }
        edge.report(report("1", of: boiler))
        edge.report(report("2", of: boiler))
        #expect(try await value.text == "2")
    }

    @Test func waitsForTheNewestState() async throws {
        edge.report(.online, of: boiler)
        edge.report(.offline, of: boiler)
        try await edge.waitForState(.offline, of: boiler)
        #expect(try await edge.nextState(of: boiler) == .online)
        #expect(edge.state(of: boiler) == .offline)
        edge.forget()
        #expect(edge.states.isEmpty)
        #expect(edge.state(of: boiler) == nil)
    }

    @Test func sendsWhatTheTestWants() async {
        edge.desire(boiler, ["t": "5"], mayBeSettled: true)
        edge.send(DeviceProfile())
        #expect(await edge.events.next() == .profile(DeviceProfile()))
        #expect(await edge.events.next() == .desired(boiler, ["t": DesiredValue("5", mayBeSettled: true)]))
    }

    @Test func runsUntilCancelled() async throws {
        let run = Task { try await edge.run() }
        while !edge.isRunning { await Task.yield() }
        run.cancel()
        try await run.value
        #expect(!edge.isRunning)
    }

    @Test func aCancelledWaitEnds() async {
        let wait = Task { try await edge.nextReport(of: boiler) }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
    }
}
