// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting
import Testing

extension ExamplesTests {
    /// `Examples/custom-driver`.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct CustomDriverTests {
        private let example = Example.customDriver
        private let folder: ScratchFolder
        private let port: UInt16

        init() throws {
            folder = try ScratchFolder()
            port = try LoopbackSocket.freePort()
        }

        @Test func `The README counts the lines there are`() throws {
            let readme = try String(contentsOf: example.url.appending(path: "README.md"), encoding: .utf8)
            for name in ["LineDriver", "LineMapper", "LineConnection"] {
                let file = example.url.appending(path: "Sources/line-mapper/\(name).swift")
                let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { line in
                    let text = line.drop { $0 == " " }
                    return !text.isEmpty && !text.hasPrefix("//")
                }
                #expect(readme.contains("| `\(name).swift` | \(code.count) |"), "\(name) has \(code.count)")
            }
        }

        private func device() async throws -> RunningProgram {
            let program = Executables.named("line-device")
            let device = try RunningProgram("device", program, ["\(port)"], logs: folder.url)
            try await device.said("listening on 127.0.0.1:\(port)")
            return device
        }

        private func stage(_ link: ExampleStage.Link = .mqtt) async throws -> ExampleStage {
            try await ExampleStage(
                example,
                device: "heater-01",
                ["port: 7070": "port: \(port)\n      timeout: 500"],
                link: link
            )
        }

        @Test(arguments: ExampleStage.Link.allCases)
        func `The same driver does the same by MQTT and by DMI`(link: ExampleStage.Link) async throws {
            let device = try await device()
            let stage = try await stage(link)
            try await stage.reports("temperature", "21.5")
            try await stage.reports("fan", "false")
            let outcome = try await stage.desire("setpoint", "23.5")
            #expect(outcome.code == 0, "\(outcome.output) \(stage.evidence)")
            #expect(device.lines(with: "SET setpoint 23.5 -> OK 23.5").count == 1)
        }

        @Test func `Without an edge it reads, writes, and says what the device refuses`() async throws {
            let device = try await device()
            let program = Executables.named(example.program)
            let profile = try example.writeProfile(to: folder, ["7070": "\(port)"])
            func run(_ arguments: String...) async throws -> Outcome {
                try await Outcome(program, arguments + ["--profile", profile], in: folder)
            }
            let read = try await run("read", "heater-01")
            #expect(read.code == 0 && read.value(of: "temperature") == "21.5" && read.value(of: "setpoint") == "20")
            #expect(try await run("write", "heater-01", "fan", "true").code == 0)
            #expect(try await run("read", "heater-01", "fan").value(of: "fan") == "true")
            #expect(device.lines(with: "SET fan true -> OK true").count == 1)
            let other = try example.writeProfile(
                to: folder,
                ["7070": "\(port)", "          name: fan\n": "          name: lamp\n"]
            )
            let refused = try await Outcome(program, ["read", "heater-01", "--profile", other], in: folder)
            #expect(refused.code == 74)
            #expect(refused.output.contains("GET lamp: there is no such value"), "\(refused.output)")
            device.kill()
            let nobody = try await run("read", "heater-01")
            #expect(nobody.code == 69)
            #expect(nobody.output.contains("127.0.0.1:\(port): Connection refused"), "\(nobody.output)")
        }

        @Test func `A device that hangs, and one that vanishes, are offline and come back`() async throws {
            let device = try await device()
            let stage = try await stage()
            try await stage.reports("temperature", "21.5")
            try await stage.isNow("online")
            device.send(SIGSTOP)
            try await stage.isNow("offline")
            try await stage.mapper.said("offline, trying on", "127.0.0.1:\(port) gave no answer within 0.5 seconds")
            device.send(SIGCONT)
            try await stage.isNow("online")
            device.kill()
            try await stage.isNow("offline")
            try await stage.mapper.said("connecting: 127.0.0.1:\(port): Connection refused")
            let next = try await self.device()
            try await stage.isNow("online")
            #expect(next.isRunning)
            let outcome = try await stage.desire("setpoint", "19")
            #expect(outcome.code == 0, "\(outcome.output) \(stage.evidence)")
        }
    }
}
