// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

extension EndToEndTests {
    /// SIGTERM ends the mapper at once, whoever hangs, and the edge is told.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct StopTests {
        /// Who does not answer when the signal comes.
        enum Hanging: String, CaseIterable { case nobody, device, broker }

        @Test(arguments: Hanging.allCases)
        func `A signal ends the mapper in less than 2 seconds`(hanging: Hanging) async throws {
            let stage = try await Stage()
            let start = stage.observer.count
            switch hanging {
            case .nobody: break
            case .broker: stage.broker.freeze()
            case .device:
                stage.simulator.send(SIGSTOP)
                try await eventually("offline", evidence: stage.evidence) {
                    stage.observer.states(of: Stage.device, since: start).last == "offline"
                }
            }
            let begin = ContinuousClock.now
            stage.mapper.send(SIGTERM)
            let exitCode = try await stage.mapper.exitCode(within: .seconds(10))
            let time = try #require(stage.mapper.end) - begin
            print("StopTests: \(hanging) hanging, ended after \(time)")
            #expect(exitCode == 0)
            #expect(time < .seconds(2))
            // What was written to a frozen broker's connection is there when it wakes up.
            stage.broker.thaw()
            try await eventually("the last state", evidence: stage.evidence) {
                stage.observer.states(of: Stage.device, since: start).last == "unknown"
            }
            #expect(try await stage.breaches() == [])
        }

        @Test func `A signal between the device's last answer and its being offline ends the mapper as well`()
            async throws
        {
            let stage = try await Stage()
            let start = stage.observer.count
            stage.simulator.send(SIGSTOP)
            // Longer than a cycle, shorter than two unanswered requests: the mapper waits for an answer.
            try await Task.sleep(for: .milliseconds(1200))
            let begin = ContinuousClock.now
            stage.mapper.send(SIGTERM)
            #expect(try await stage.mapper.exitCode(within: .seconds(10)) == 0)
            #expect(try #require(stage.mapper.end) - begin < .seconds(2))
            try await eventually("the last state", evidence: stage.evidence) {
                stage.observer.states(of: Stage.device, since: start).last == "unknown"
            }
        }
    }
}
