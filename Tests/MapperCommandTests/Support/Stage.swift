// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging
import MapperKit
@testable import MapperTesting
import Synchronization
import Testing

@testable import MapperCommand

/// Everything around one command under test: a folder, a console, an environment, an edge.
final class Stage: Sendable {
    let folder: String
    let clock = ManualClock(start: Timestamp(milliseconds: 1_764_000_000_000))
    let edge = InMemoryEdge()
    let signals = AsyncStream.makeStream(of: StopSignal.self)
    private let texts = Watched(Texts())

    private struct Texts: Sendable {
        var output = ""
        var error = ""
        var left: [Int32] = []
        var plans: [LinkPlan] = []
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What was printed, with the folder's path taken out.
    var output: String { texts.now.output.replacingOccurrences(of: folder + "/", with: "") }

    /// What was complained, with the folder's path taken out.
    var error: String { texts.now.error.replacingOccurrences(of: folder + "/", with: "") }

    /// The exit codes with which the process would have been left at once.
    var left: [Int32] { texts.now.left }

    /// What edge links were made for.
    var plans: [LinkPlan] { texts.now.plans }

    /// Writes a file and returns its path.
    @discardableResult
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Waits until something has been complained.
    func complained(_ part: String) async throws {
        _ = try await texts.first { $0.error.contains(part) ? true : nil }
    }

    /// Waits until something has been printed.
    func printed(_ part: String) async throws {
        _ = try await texts.first { $0.output.contains(part) ? true : nil }
    }

    /// Does what a command line of the test mapper says.
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> CommandStatus {
        try await run(TestMapper.self, arguments, environment: environment)
    }

    /// Does what a command line says.
    func run<Program: MapperProgram>(
        _ program: Program.Type,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> CommandStatus {
        let command = try ProgramCommand<Program>.parseAsRoot(arguments)
        let subcommand = try #require(command as? any Subcommand)
        return await subcommand.execute(in: context(environment))
    }

    /// The world as a command sees it.
    func context(_ environment: [String: String] = [:]) -> CommandContext {
        let texts = texts
        return CommandContext(
            console: Console(
                output: { text in texts.change { $0.output += text } },
                error: { text in texts.change { $0.error += text } }
            ),
            environment: environment,
            defaultConfigFile: "\(folder)/config.yaml",
            clock: clock,
            installLogging: { _ in },
            stopSignals: { [signals] in signals.stream },
            stopDeadline: { _, _ in nil },
            makeLink: { [edge] plan in
                texts.change { $0.plans.append(plan) }
                if let profile = plan.profile { edge.events.put(.profile(profile)) }
                return edge
            },
            leave: { code in texts.change { $0.left.append(code) } }
        )
    }
}
