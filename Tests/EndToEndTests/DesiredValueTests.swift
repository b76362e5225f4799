// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Testing

extension EndToEndTests {
    /// The way down: what is desired reaches the device once, and what the device holds comes back.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct DesiredValueTests {
        private let device = Stage.device

        @Test func `A desired value is written, read back and reported as it was desired`() async throws {
            let stage = try await Stage()
            let start = stage.observer.count
            try await stage.desire("setpoint", "21.50")
            try await stage.reported("setpoint", "21.50", since: start)
            #expect(try await stage.held("setpoint") == "21.5")
            #expect(stage.writes(of: "setpoint").count == 1)
            #expect(try await stage.breaches() == [])
        }

        @Test func `What cannot be written is refused with a reason, and the mapper goes on`() async throws {
            let stage = try await Stage()
            let before = try await [stage.held("setpoint"), stage.held("mode")]
            // EdgeCore knows the types of twins, not the limits and access modes of the model.
            try await stage.desire("setpoint", "99")
            try await stage.mapper.said("refused", "property=setpoint", "desired=99", "5…35")
            try await stage.desire("temperature", "20")
            try await stage.mapper.said("refused", "property=temperature", "desired=20", "ReadOnly")
            // These two its own checks would stop.
            try await stage.observer.publishDelta(["mode": "warm"], of: device)
            try await stage.mapper.said("refused", "property=mode", "desired=warm", "'warm' is not a whole number")
            try await stage.observer.publishDelta(["setpiont": "20"], of: device)
            try await stage.mapper.said("refused", "property=setpiont", "did you mean 'setpoint'")
            #expect(try await [stage.held("setpoint"), stage.held("mode")] == before)
            #expect(stage.writes().isEmpty)
            let start = stage.observer.count
            try await stage.desire("mode", "2")
            try await stage.reported("mode", "2", since: start)
            #expect(try await stage.held("mode") == "2")
            #expect(stage.writes().count == 1)
            // The edge has repeated what was refused with every report.
            #expect(stage.mapper.lines(with: "refused").count == 4)
            #expect(try await stage.breaches() == [])
        }

        @Test func `A wish that is repeated is fulfilled once`() async throws {
            let stage = try await Stage()
            let start = stage.observer.count
            try await stage.desire("setpoint", "18.5")
            for _ in 0..<2 { try await stage.observer.publishDelta(["setpoint": "18.5"], of: device) }
            try await stage.reported("setpoint", "18.5", since: start)
            for _ in 0..<2 { try await stage.observer.publishDelta(["setpoint": "18.5"], of: device) }
            // Sent after them, so when it is done they are.
            try await stage.desire("mode", "1")
            try await stage.reported("mode", "1", since: start)
            #expect(try await stage.held("setpoint") == "18.5")
            #expect(stage.writes(of: "setpoint").count == 1)
            #expect(try await stage.breaches() == [])
        }

        @Test func `Of what is desired while the device is away only the newest is written`() async throws {
            let stage = try await Stage()
            stage.simulator.kill()
            try await eventually("offline", evidence: stage.evidence) {
                stage.observer.states(of: device).last == "offline"
            }
            let start = stage.observer.count
            for value in ["18", "19.0", "20.50"] { try await stage.desire("setpoint", value) }
            try await stage.restartSimulator()
            try await stage.reported("setpoint", "20.50", since: start)
            #expect(try await stage.held("setpoint") == "20.5")
            let writes = stage.writes(of: "setpoint")
            #expect(writes.count == 1 && writes.allSatisfy { $0.contains("desired=20.50") }, "\(writes)")
            let reports = stage.observer.reports(of: "setpoint", device, since: start)
            #expect(!reports.contains { $0.hasPrefix("18") || $0.hasPrefix("19") }, "\(reports)")
            #expect(try await stage.breaches() == [])
        }
    }
}
