// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperDMI
import MapperTesting
import Testing

@testable import mapperctl

extension EndToEndTests {
    /// The way down and back by DMI, with the real mapper and device.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct DMITests {
        @Test func `A desired value reaches the register, and EdgeCore learns that it did`() async throws {
            let stage = try await DMIStage()
            try await stage.temperature(otherThan: nil, since: 0)
            stage.desire(215)
            try await stage.fulfilled(215, since: 0)
            #expect(try await stage.held("setpoint") == "21.5")
            #expect(stage.written == [215])
            #expect(stage.server.crashes.isEmpty)
            // What the file says of the mapper is what EdgeCore is told.
            let mapper = try #require(stage.server.node.now.dmi?.clients["modbus"])
            #expect(mapper.name == "modbus-mapper" && mapper.version == "v1.13.0" && mapper.path == stage.mapperSocket)
            await stage.server.stop()
        }

        @Test func `A signal ends the mapper, and its socket is gone`() async throws {
            let stage = try await DMIStage()
            try await stage.temperature(otherThan: nil, since: 0)
            let begin = ContinuousClock.now
            stage.mapper.send(SIGTERM)
            #expect(try await stage.mapper.exitCode(within: .seconds(10)) == 0)
            let time = try #require(stage.mapper.end) - begin
            print("DMITests: ended after \(time)")
            #expect(time < .seconds(2))
            #expect(!FileManager.default.fileExists(atPath: stage.mapperSocket))
            await stage.server.stop()
        }

        @Test func `A second mapper with the same socket says so and leaves it to the first`() async throws {
            let stage = try await DMIStage()
            try await stage.temperature(otherThan: nil, since: 0)
            let second = try stage.secondMapper()
            try await second.said("another process listens on this mapper's socket", stage.mapperSocket)
            stage.desire(180)
            try await stage.fulfilled(180, since: 0)
            second.send(SIGTERM)
            #expect(try await second.exitCode(within: .seconds(10)) == 0)
            // The file is still the first one's.
            stage.desire(185)
            try await stage.fulfilled(185, since: 0)
            #expect(stage.written == [180, 185])
            #expect(second.lines(with: "registered with EdgeCore").isEmpty)
            await stage.server.stop()
        }

        @Test func `A mapper with little to do leaves the processor alone`() async throws {
            let stage = try await DMIStage()
            try await stage.temperature(otherThan: nil, since: 0)
            let before = try ProcessFigures(of: stage.mapper.identifier).cpu
            let begin = ContinuousClock.now
            // There is a report a second.
            try await eventually("some more reports", evidence: stage.evidence) {
                stage.twins(of: "temperature").count >= 8
            }
            let (cpu, time) = (
                try ProcessFigures(of: stage.mapper.identifier).cpu - before, ContinuousClock.now - begin
            )
            print("DMITests: \(cpu) of processor time in \(time)")
            #expect(cpu < time / 4)
            await stage.server.stop()
        }

        @Test func `A mapper that comes first says that it waits for EdgeCore`() async throws {
            let stage = try await DMIStage(startsEdgeCore: false)
            try await stage.mapper.said("waiting for EdgeCore, whose socket is not there", "dmi.sock")
            stage.desire(205)
            try await stage.server.start()
            try await stage.fulfilled(205, since: 0)
            #expect(stage.written == [205])
            await stage.server.stop()
        }
    }
}
