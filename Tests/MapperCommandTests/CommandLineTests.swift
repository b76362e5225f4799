// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import Testing

@testable import MapperCommand

@Suite("Command line")
struct CommandLineTests {
    typealias Root = ProgramCommand<TestMapper>

    @Test("Without a subcommand it is run, with run's options")
    func runIsDefault() throws {
        #expect(try Root.parseAsRoot([]) is RunCommand<TestMapper>)
        let command = try Root.parseAsRoot([
            "--config-file", "c.yaml", "--profile", "a", "--profile", "b", "--mqtt", "tcp://x:1", "--log-level",
            "DEBUG",
            "--log-format", "json",
        ])
        let run = try #require(command as? RunCommand<TestMapper>)
        #expect(run.config == "c.yaml")
        #expect(run.profiles == ["a", "b"])
        #expect(run.mqtt == "tcp://x:1")
        #expect(run.logLevel?.level == .debug)
        #expect(run.logFormat == .json)
        #expect(try (Root.parseAsRoot(["run", "--config", "d"]) as? RunCommand<TestMapper>)?.config == "d")
    }

    @Test(
        "What cannot be understood is a usage error",
        arguments: [
            ["--nonsense"], ["run", "--log-level", "loud"], ["--log-format", "xml"], ["--mqtt", "ftp://x"],
            ["--dmi", ""], ["--dmi", "sockets/"], ["--dmi", "unix:///etc/kubeedge/dmi.sock"], ["--v", "-1"],
            ["--v", "loud"],
            ["validate"],
            ["read", "--profile", "p"], ["read", "d"], ["write", "d", "p", "--profile", "x"],
            ["simulate"], ["simulate", "--profile", "p", "--port", "70000"],
            ["simulate", "--profile", "p", "--seed", "-1"],
        ]
    )
    func usage(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try Root.parseAsRoot(arguments) }
        if let error { #expect(Root.exitCode(for: error).rawValue == CommandStatus.usage.rawValue) }
    }

    @Test(
        "mapper-framework's --v is a level, unless there is another",
        arguments: [
            (["--v", "0"], false), (["--v", "3"], false), (["--v", "4"], true), (["--v=10"], true),
            (["--v", "4", "--log-level", "info"], false), (["--v", "0", "--log-level", "debug"], true),
        ]
    )
    func verbosity(arguments: [String], isDebug: Bool) throws {
        let command = try Root.parseAsRoot(arguments)
        let run = try #require(command as? RunCommand<TestMapper>)
        #expect(run.overrides.logLevel == (isDebug ? .debug : .info))
    }

    @Test("The version names the program")
    func version() throws {
        let error = #expect(throws: (any Error).self) { try Root.parseAsRoot(["--version"]) }
        let found = try #require(error)
        #expect(Root.fullMessage(for: found) == "test-mapper 1.2.3")
        #expect(Root.exitCode(for: found) == .success)
    }

    @Test(
        "Help shows every subcommand, examples and exit codes",
        arguments: ["run", "validate", "read", "write", "call", "simulate"]
    )
    func help(subcommand: String) throws {
        let root = Root.helpMessage()
        #expect(root.contains("  \(subcommand)"))
        for status in CommandStatus.allCases { #expect(root.contains("\n  \(status.rawValue) ")) }
        let type = try #require(Root.configuration.subcommands.first { $0.configuration.commandName == subcommand })
        let text = Root.helpMessage(for: type)
        #expect(text.contains("EXAMPLES:\n  test-mapper "))
        #expect(text.contains("EXIT CODES: 0 "))
    }

    @Test("A mapper's own subcommand stands beside the common ones")
    func ownSubcommand() async throws {
        #expect(ProgramCommand<PlainMapper>.helpMessage().contains("\n  plain "))
        #expect(!Root.helpMessage().contains("\n  plain "))
        let stage = try Stage()
        #expect(try await stage.run(PlainMapper.self, ["plain", "word"]) == .negative)
        #expect(stage.output == "plain word\n")
    }

    @Test("Exit codes are all different")
    func codes() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 64, 65, 69, 70, 74, 78])
    }
}
