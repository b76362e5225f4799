// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

extension EndToEndTests {
    /// What breaks comes back by itself, and nothing else is disturbed meanwhile.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct RecoveryTests {
        private let device = Stage.device

        /// How long the broker is away; MAPPERKIT_BROKER_OUTAGE sets it, in seconds.
        private var outage: Duration {
            .seconds(ProcessInfo.processInfo.environment["MAPPERKIT_BROKER_OUTAGE"].flatMap { Int($0) } ?? 5)
        }

        @Test func `After an outage of the broker the newest values are reported once`() async throws {
            let stage = try await Stage(countsRequests: true)
            try await loseBroker(stage)
            // Neither edge nor observer may miss the first word after the reconnection.
            stage.mapper.send(SIGSTOP)
            let begin = ContinuousClock.now
            try await stage.broker.start()
            try await stage.replaceObserver()
            try await stage.restartEdge()
            stage.mapper.send(SIGCONT)
            try await eventually("the mapper is back", within: outage + .seconds(30), evidence: stage.evidence) {
                stage.observer.reports(of: "temperature", device).count >= 4
            }
            let reports = stage.observer.messages(of: device, "twin/update")
            if let first = reports.first { print("RecoveryTests: first report \(first.time - begin) after the broker") }
            #expect(Set((reports.first?.reported ?? [:]).keys) == stage.properties)
            #expect(stage.observer.states(of: device) == ["online"])
            // What nothing changes is said once; the setpoint was changed during the outage.
            #expect(stage.observer.reports(of: "setpoint", device) == ["17.5"])
            for property in ["mode", "heating", "label"] {
                #expect(stage.observer.reports(of: property, device).count == 1, "\(property)")
            }
            try await stage.desire("mode", "3")
            try await stage.reported("mode", "3", since: 0)
            #expect(try await stage.held("mode") == "3")
            #expect(stage.mapper.isRunning)
            #expect(try await stage.breaches() == [])
        }

        /// Takes the broker away for a while, in which the device is read all the same and its setpoint changes.
        private func loseBroker(_ stage: Stage) async throws {
            stage.broker.stop()
            stage.edge.kill()
            let relay = try #require(stage.relay)
            let before = relay.requests
            try await Task.sleep(for: outage)
            let requests = relay.requests - before
            print("RecoveryTests: the device was asked \(requests) times in \(outage) without a broker")
            // Each cycle of a second reads four tables.
            #expect(requests >= 4 * (Int(outage.components.seconds) - 1))
            #expect(try await stage.write("setpoint", "17.5") == 0)
            let written = relay.requests
            try await eventually("a whole cycle", evidence: stage.evidence) { relay.requests >= written + 8 }
        }

        @Test func `A device that goes away is offline, and online when it is back`() async throws {
            let stage = try await Stage()
            let start = stage.observer.count
            let begin = ContinuousClock.now
            stage.simulator.kill()
            try await eventually("offline", within: .seconds(10), evidence: stage.evidence) {
                stage.observer.states(of: device, since: start) == ["offline"]
            }
            let offline = ContinuousClock.now
            print("RecoveryTests: offline \(offline - begin) after the device's end")
            #expect(offline - begin < .seconds(5))
            try await stage.restartSimulator()
            let back = stage.observer.count
            try await eventually("online and values", within: .seconds(20), evidence: stage.evidence) {
                stage.observer.states(of: device, since: back) == ["online"]
                    && stage.observer.reports(of: "temperature", device, since: back).count >= 3
            }
            print("RecoveryTests: online and three reports \(ContinuousClock.now - offline) after that")
            #expect(try await stage.breaches() == [])
        }
    }
}
