// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A program with its output in a file; killed at the latest with the object.
final class RunningProgram {
    let name: String
    private let process = Process()
    private let ended = Mutexed<ContinuousClock.Instant?>(nil)
    private let file: URL

    /// Starts it.
    init(_ name: String, _ executable: URL, _ arguments: [String], logs: URL) throws {
        self.name = name
        file = logs.appending(path: "\(name)-\(UUID().uuidString.prefix(8)).log")
        try Data().write(to: file)
        let output = try FileHandle(forWritingTo: file)
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MAPPER_") }
        process.terminationHandler = { [ended] _ in ended.value.withLock { $0 = .now } }
        try process.run()
    }

    deinit { kill() }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    /// When it ended; `nil` while it runs.
    var end: ContinuousClock.Instant? { ended.value.withLock(\.self) }

    /// Everything it has said.
    var output: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    /// The lines that hold all of some texts.
    func lines(with texts: String...) -> [String] {
        output.split(separator: "\n").map(String.init).filter { line in texts.allSatisfy(line.contains) }
    }

    /// The last lines, to show when a test fails.
    var tail: String {
        let lines = output.split(separator: "\n").suffix(15).map { $0.prefix(300) }.joined(separator: "\n")
        return "--- \(name)\n\(lines)"
    }

    /// Waits for a line that holds all of some texts.
    func said(_ texts: String..., within limit: Duration = .seconds(20)) async throws {
        try await eventually("\(name) says \(texts)", within: limit, evidence: tail) {
            output.split(separator: "\n").contains { line in texts.allSatisfy { line.contains($0) } }
        }
    }

    func send(_ signal: Int32) { if process.isRunning { Foundation.kill(identifier, signal) } }

    /// Ends it without a goodbye.
    func kill() {
        guard process.isRunning else { return }
        send(SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for its end.
    /// - Returns: its exit code; that of a signal is negative.
    func exitCode(within limit: Duration) async throws -> Int32 {
        try await eventually("\(name) ends", within: limit, evidence: tail) {
            !process.isRunning && end != nil
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
