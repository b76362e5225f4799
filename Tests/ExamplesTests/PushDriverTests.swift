// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting
import Testing

extension ExamplesTests {
    /// `Examples/push-driver`.
    @Suite(.serialized, .timeLimit(.minutes(3)))
    struct PushDriverTests {
        private let example = Example.pushDriver
        private let folder: ScratchFolder
        private let port: UInt16

        init() throws {
            folder = try ScratchFolder()
            port = try LoopbackSocket.freeDatagramPort()
        }

        private func source() throws -> RunningProgram {
            let script = example.url.appending(path: "source.sh")
            return try RunningProgram("source", script, ["\(port)", "0.2"], logs: folder.url)
        }

        @Test func `What is said reaches the twin, and silence makes the device offline until it is over`() async throws
        {
            let source = try source()
            let stage = try await ExampleStage(example, device: "door-01", ["7071": "\(port)"])
            try await stage.isNow("online")
            // The profile has them read once an hour: what comes now was sent.
            var seen: Set<String> = []
            try await stage.reports("temperature") { value in
                seen.insert(value)
                return seen.count >= 3
            }
            for door in ["open", "closed", "open"] { try await stage.reports("door", door) }
            source.kill()
            try await stage.isNow("offline")
            try await stage.mapper.said("no word from the device for 3.0 seconds")
            let next = try self.source()
            try await stage.isNow("online")
            try await stage.reports("temperature", "21.5")
            #expect(next.isRunning)
        }

        @Test func `It is read without an edge, and silence is said`() async throws {
            let profile = try example.writeProfile(to: folder, ["7071": "\(port)", "silence: 3000": "silence: 1000"])
            let (program, arguments) = (Executables.named(example.program), ["read", "door-01", "--profile", profile])
            let silent = try await Outcome(program, arguments, in: folder)
            #expect(silent.code == 74)
            #expect(silent.output.contains("no word from the device for 1.0 seconds"), "\(silent.output)")
            let source = try source()
            let outcome = try await Outcome(program, arguments, in: folder)
            #expect(outcome.code == 0, "\(outcome.output)")
            #expect(outcome.value(of: "temperature")?.hasSuffix(".5") ?? false)
            #expect(["open", "closed"].contains(outcome.value(of: "door")))
            #expect(source.isRunning)
        }
    }
}
