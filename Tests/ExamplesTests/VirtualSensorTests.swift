// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import MapperTesting
import ProgramTesting
import Testing

@testable import virtual_sensor_mapper

extension ExamplesTests {
    /// `Examples/virtual-sensor`.
    @Suite(.serialized, .timeLimit(.minutes(3)))
    struct VirtualSensorTests {
        private let example = Example.virtualSensor
        private let program = Executables.named(Example.virtualSensor.program)

        @Test func `A room is the same at the same time, however often one looks`() {
            var (once, often) = (Room(start: 18, outside: 5), Room(start: 18, outside: 5))
            once.pass(toSecond: 7200)
            for second in stride(from: 7, through: 7200, by: 1) { often.pass(toSecond: second) }
            #expect(once.temperature == often.temperature)
            // It has reached what it is heated to, and stays there.
            #expect(abs(once.temperature - 20) < 0.05)
        }

        @Test func `Warmth, water and a fan do what they do`() {
            var (still, blown) = (Room(start: 20, outside: 5), Room(start: 20, outside: 5))
            (still.setpoint, blown.setpoint) = (5, 5)
            blown.isFanOn = true
            still.pass(toSecond: 600)
            blown.pass(toSecond: 600)
            // 15 degrees above outside, of which e to the power of -1 is left with the fan, and of -1/6 without.
            #expect(abs(blown.temperature - (5 + 15 * exp(-1.0))) < 1e-9)
            #expect(abs(still.temperature - (5 + 15 * exp(-1.0 / 6))) < 1e-9)
            #expect(50 < still.humidity && still.humidity < blown.humidity)
            blown.pass(toSecond: 100_000)
            #expect(blown.humidity == 100)
        }

        @Test func `The driver gives what the room is at the time of its clock`() async throws {
            let clock = ManualClock()
            let driver = RoomDriver(clock: clock)
            let bound = DriverBinding(driver).bind(try ProfileLoader().load([example.url.path]).profile)
            #expect(bound.diagnostics == [])
            let device = try #require(bound.devices.first)
            let session = try await driver.open(device)
            let temperature = try #require(device.visitor(of: "temperature"))
            #expect(try await session.read(temperature) == Sample(.double(18)))
            // Sixty seconds a second.
            await clock.advance(by: .seconds(30))
            var room = Room(start: 18, outside: 5)
            room.pass(toSecond: 1800)
            #expect(try await session.read(temperature) == Sample(.double(room.temperature)))
        }

        @Test func `It is read without anything else running`() async throws {
            let folder = try ScratchFolder()
            let outcome = try await Outcome(program, ["read", "room-01", "--profile", example.url.path], in: folder)
            #expect(outcome.code == 0)
            #expect(outcome.value(of: "temperature") == "18" && outcome.value(of: "humidity") == "50")
            #expect(outcome.value(of: "setpoint") == "20" && outcome.value(of: "heating") == "true")
        }

        @Test(arguments: [
            ("setpoint", "22.5", 0, "setpoint"), ("fan", "true", 0, "fan"), ("setpoint", "40", 65, "5…35"),
            ("setpoint", "21.55", 65, "more than the 1 decimal"), ("temperature", "20", 65, "ReadOnly"),
        ])
        func `It is written, within limits`(property: String, value: String, code: Int32, text: String) async throws {
            let folder = try ScratchFolder()
            let arguments = ["write", "room-01", property, value, "--profile", example.url.path]
            let outcome = try await Outcome(program, arguments, in: folder)
            #expect(outcome.code == code, "\(outcome.output)")
            #expect(outcome.output.contains(text), "\(outcome.output)")
        }

        @Test func `What cannot be is found before anything runs`() async throws {
            let folder = try ScratchFolder()
            let profile = try example.writeProfile(to: folder, ["speed: 60": "speed: 0", "outside: 5": "outside: 500"])
            let outcome = try await Outcome(program, ["validate", profile], in: folder)
            #expect(outcome.code == 1)
            #expect(outcome.output.contains("device.yaml:13:16: error: 'outside' is 500"), "\(outcome.output)")
            #expect(outcome.output.contains("'speed' is 0, allowed is 1…3600"), "\(outcome.output)")
        }

        @Test func `Its twin moves, and takes a desired value`() async throws {
            let stage = try await ExampleStage(example, device: "room-01")
            try await stage.reports("temperature") { Double($0).map { $0 > 18 } ?? false }
            let outcome = try await stage.desire("setpoint", "21.5")
            #expect(outcome.code == 0, "\(outcome.output) \(stage.evidence)")
            #expect(try await stage.reported("setpoint") == "21.5")
        }
    }
}
