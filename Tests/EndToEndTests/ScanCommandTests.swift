// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

@Suite("modbus-mapper scan, beside a simulator with faults", .timeLimit(.minutes(2)))
struct ScanCommandTests {
    private let folder: ScratchFolder
    private let port: UInt16

    init() throws {
        folder = try ScratchFolder()
        port = try LoopbackSocket.freePort()
        try ThermostatProfile([ThermostatProfile.Device(port: port, unit: 7)]).write(to: folder, "profile")
    }

    private func simulator(_ faults: String...) async throws -> RunningProgram {
        let profile = folder.url.appending(path: "profile").path
        let arguments = ["simulate", "--profile", profile] + faults.flatMap { ["--fault", $0] }
        let program = try RunningProgram("simulator", Executables.mapper, arguments, logs: folder.url)
        try await program.said("device ", ": modbus tcp 127.0.0.1:")
        return program
    }

    /// Runs a command to its end.
    private func run(_ arguments: String...) async throws -> (output: String, exitCode: Int32) {
        let program = try RunningProgram("command", Executables.mapper, arguments, logs: folder.url)
        let exitCode = try await program.exitCode(within: .seconds(60))
        return (program.output, exitCode)
    }

    @Test("it prints what it finds and writes objects that validate accepts, but over no file")
    func findsAndWrites() async throws {
        let simulator = try await simulator("lacks=CoilRegister")
        defer { simulator.kill() }
        let file = folder.url.appending(path: "found.yaml").path
        let place = "127.0.0.1:\(port)"
        let first = try await run("scan", "--tcp", place, "--pause", "0", "--units", "6-8", "--write", file)
        #expect(first.exitCode == 0, "\(first.output)")
        #expect(first.output.contains("\nunit  table                  readable addresses  "))
        #expect(first.output.contains("\n7     CoilRegister           no such table\n"))
        #expect(first.output.contains("\n3 units asked with "))
        let validated = try await run("validate", "--strict", file)
        #expect(validated.exitCode == 0, "\(validated.output)")
        #expect(validated.output.hasPrefix("1 model, 1 device, "))

        let again = try await run("scan", "--tcp", place, "--units", "7", "--write", file)
        #expect(again.exitCode == 64)
        #expect(again.output.contains("'\(file)' exists; --force replaces it"))
        let forced = try await run(
            "scan",
            "--tcp",
            place,
            "--units",
            "7",
            "--addresses",
            "0-9",
            "--json",
            "--write",
            file,
            "--force"
        )
        #expect(forced.exitCode == 0)
        #expect(forced.output.contains("{\"place\":\"\(place)\",\"complete\":true,"))
    }

    @Test("Ctrl-C ends it with what was found, and nothing that answers is no success")
    func interrupted() async throws {
        let simulator = try await simulator("latency=100ms")
        defer { simulator.kill() }
        let arguments = ["scan", "--tcp", "127.0.0.1:\(port)"]
        let scan = try RunningProgram("scan", Executables.mapper, arguments, logs: folder.url)
        try await scan.said("1 unit found, ")
        scan.send(SIGINT)
        #expect(try await scan.exitCode(within: .seconds(20)) == 1)
        #expect(scan.output.contains("the scan ended early: it was stopped"))
        #expect(try await run("scan", "--tcp", "127.0.0.1:\(port)", "--units", "1").exitCode == 1)
    }
}
