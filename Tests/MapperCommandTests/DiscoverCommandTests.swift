// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand

@Suite("discover", .timeLimit(.minutes(2)))
struct DiscoverCommandTests {
    /// Runs it; a driver that goes on looking is told when time is over.
    private func discover<Program: MapperProgram>(
        _ program: Program.Type,
        _ arguments: String...,
        time: Duration? = nil
    ) async throws -> (CommandStatus, Stage) {
        let stage = try Stage()
        async let status = stage.run(program, ["discover"] + arguments)
        if let time {
            await stage.clock.waitForSleepers(1)
            await stage.clock.advance(by: time)
        }
        return (try await status, stage)
    }

    @Test("What was found is a table, the last word of each device, with a name of its own")
    func table() async throws {
        let (status, stage) = try await discover(ShelfMapper.self, "--for", "5", time: .seconds(5))
        #expect(status == .success)
        #expect(
            stage.output == """
                NAME          WHAT                     PROPERTIES
                left-shelf    shelf with boxes         count, level, yes, 12, a:b
                left-shelf-2  empty\\n---\\nkind: Evil

                """
        )
        #expect(stage.error == "")
        #expect(stage.left == [])
    }

    @Test("The objects are a profile that validate accepts, and say what was found")
    func yaml() async throws {
        let (status, stage) = try await discover(ShelfMapper.self, "--output", "yaml", time: .seconds(10))
        #expect(status == .success)
        #expect(stage.error == "")
        let path = try stage.file("found.yaml", stage.output)
        #expect(try await stage.run(ShelfMapper.self, ["validate", "--strict", path]) == .success, "\(stage.error)")
        let contents = DeviceCatalog(driver: ShelfDriver()).contents(of: [path])
        #expect(contents.diagnostics == [])
        let device = try #require(contents.devices.first)
        #expect(device.id.name == "left-shelf")
        #expect(device.config.label == "on: #1 \\ \"x\"")
        #expect(device.config.big == 16_777_217)
        #expect(device.config.limits == ["low": 0.5, "high": 1e9])
        // EdgeCore would round the one, and drop a device with the other.
        #expect(device.instance.protocolConfig["big"] == "16777217")
        #expect(device.instance.protocolConfig["limits"]?.string != nil)
        #expect(device.visitors.map(\.config.slot) == [1, 2, 3, 4, 5])
        let model = try #require(contents.profile.models.first)
        #expect(model.properties.map(\.name) == ["count", "level", "yes", "12", "a:b"])
        #expect(model.properties.map(\.dataType) == [.int, .float, .double, .boolean, .string])
        let count = model.properties[0]
        #expect(count.accessMode == .readWrite)
        #expect(count.range == ValueRange(minimum: .int(-5), maximum: .int(10)))
        #expect(count.unit == "%")
        #expect(count.description == "how many: \"boxes\"")
        #expect(contents.profile.devices.map(\.id.name) == ["left-shelf", "left-shelf-2"])
    }

    @Test("Ctrl-C ends it with what was found")
    func interrupted() async throws {
        let stage = try Stage()
        async let status = stage.run(ShelfMapper.self, ["discover", "--for", "600"])
        // Not before the driver looks: what it waits for is no time of this clock.
        await stage.clock.waitForSleepers(1)
        stage.signals.continuation.yield(.interrupt)
        let ended = try await status
        #expect(ended == .success || ended == .negative)
        #expect(stage.clock.uptime == .zero)
    }

    @Test("Nothing found, and no way to look, have their exit codes")
    func nothing() async throws {
        let (none, empty) = try await discover(EmptyShelfMapper.self)
        #expect(none == .negative)
        #expect(empty.error == "no device was found\n")
        #expect(empty.output == "")
        let (failed, dark) = try await discover(DarkShelfMapper.self, "--output", "yaml")
        #expect(failed == .unavailable)
        #expect(dark.error == "no device was found\nerror: devices cannot be found: the lights are off\n")
    }

    @Test("A driver that does not end is not waited for, and what it found is printed")
    func stuck() async throws {
        let stage = try Stage()
        async let ended = stage.run(StuckShelfMapper.self, ["discover"])
        _ = try await ShelfDriver.stuck.first { $0 ? true : nil }
        await stage.clock.waitForSleepers(1)
        await stage.clock.advance(by: .seconds(10))
        await stage.clock.waitForSleepers(1)
        await stage.clock.advance(by: .seconds(3))
        let status = try await ended
        #expect(status == .success)
        #expect(stage.left == [0])
        #expect(stage.output.contains("\nleft-shelf "))
    }

    @Test("Only mappers whose driver finds devices show it, as they do simulate; others say why not")
    func others() async throws {
        #expect(ProgramCommand<ShelfMapper>.helpMessage().contains("\n  discover "))
        #expect(!ProgramCommand<ShelfMapper>.helpMessage().contains("\n  simulate "))
        for text in [ProgramCommand<PlainMapper>.helpMessage(), ProgramCommand<TestMapper>.helpMessage()] {
            #expect(!text.contains("\n  discover "))
        }
        #expect(!ProgramCommand<PlainMapper>.helpMessage().contains("\n  simulate "))
        #expect(ProgramCommand<TestMapper>.helpMessage().contains("\n  simulate "))
        let help = ProgramCommand<ShelfMapper>.helpMessage(for: DiscoverCommand<ShelfMapper>.self)
        #expect(help.contains("Looks behind every shelf.\n\nEXAMPLES:"))
        let stage = try Stage()
        #expect(try await stage.run(PlainMapper.self, ["discover"]) == .unavailable)
        #expect(stage.error == "error: plain-mapper cannot find devices: its driver has no discovery\n")
        for arguments in [["--for", "0"], ["--for", "x"], ["--output", "xml"]] {
            #expect(throws: (any Error).self) {
                try ProgramCommand<ShelfMapper>.parseAsRoot(["discover"] + arguments)
            }
        }
    }
}
