// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting
import Testing

extension ExamplesTests {
    /// `Examples/reading-twins`, with the room of `Examples/virtual-sensor`.
    @Suite(.serialized, .timeLimit(.minutes(3)))
    struct ReadingTwinsTests {
        @Test func `An application sees twins change, and keeps a room from getting too warm`() async throws {
            let changes = ["speed: 60": "speed: 300", "start: 18": "start: 24"]
            let stage = try await ExampleStage(.virtualSensor, device: "room-01", changes)
            try await stage.reports("temperature") { _ in true }
            // It knows what was there before it came.
            let application = try RunningProgram(
                "application",
                Executables.named("reading-twins"),
                ["--mqtt", stage.broker.url, "--ventilate", "room-01"],
                logs: stage.folder.url
            )
            try await application.said("connected to tcp://127.0.0.1:")
            try await application.said("room-01 fan: nothing -> false")
            let outcome = try await stage.desire("setpoint", "30")
            #expect(outcome.code == 0, "\(outcome.output) \(stage.evidence)")
            try await application.said("room-01 setpoint: 20 (desired 30) -> 30 (desired 30)")
            try await application.said("room-01 fan is wanted on")
            try await application.said("room-01 fan: false (desired true) -> true (desired true)")
            try await stage.mapper.said("written", "property=fan", "desired=true")
            // The fan is stronger than the heater.
            try await application.said("room-01 fan is wanted off")
            try await application.said("room-01 fan: true (desired false) -> false (desired false)")
            // What is desired of the fan is the edge's business now.
            let refused = try await stage.desire("fan", "true")
            #expect(refused.code == 1, "\(refused.output)")
            #expect(refused.output.contains("reported 'expected'"), "\(refused.output)")
        }

        @Test func `It goes on when the broker was away`() async throws {
            let stage = try await ExampleStage(.virtualSensor, device: "room-01")
            try await stage.reports("temperature") { _ in true }
            let application = try RunningProgram(
                "application",
                Executables.named("reading-twins"),
                ["--mqtt", stage.broker.url],
                logs: stage.folder.url
            )
            try await application.said("room-01 temperature: ")
            stage.broker.stop()
            try await application.said("no connection: ")
            try await stage.broker.start()
            try await eventually("it is connected again", evidence: application.tail) {
                application.lines(with: "connected to").count == 2
            }
            let count = application.lines(with: "room-01 temperature: ").count
            try await eventually("more changes", evidence: application.tail + stage.evidence) {
                application.lines(with: "room-01 temperature: ").count > count
            }
        }
    }
}
