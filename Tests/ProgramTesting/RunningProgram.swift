// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Synchronization

/// A program with its output in a file; killed at the latest with the object.
package final class RunningProgram {
    package let name: String
    private let process = Process()
    private let ended = Mutexed<ContinuousClock.Instant?>(nil)
    private let file: URL
    private let input: Pipe?

    /// Starts it.
    /// - Parameter isTypedTo: Whether it is to have an input, see ``type(_:)``; without, that is at its end at once.
    package init(
        _ name: String,
        _ executable: URL,
        _ arguments: [String],
        logs: URL,
        isTypedTo: Bool = false
    ) throws {
        self.name = name
        file = logs.appending(path: "\(name)-\(UUID().uuidString.prefix(8)).log")
        try Data().write(to: file)
        let output = try FileHandle(forWritingTo: file)
        process.executableURL = executable
        process.arguments = arguments
        input = isTypedTo ? Pipe() : nil
        process.standardInput = input ?? FileHandle.nullDevice as Any
        process.standardOutput = output
        process.standardError = output
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MAPPER_") }
        process.terminationHandler = { [ended] _ in ended.value.withLock { $0 = .now } }
        try process.run()
    }

    deinit { kill() }

    package var identifier: Int32 { process.processIdentifier }
    package var isRunning: Bool { process.isRunning }
    /// When it ended; `nil` while it runs.
    package var end: ContinuousClock.Instant? { ended.value.withLock(\.self) }

    /// Everything it has said.
    package var output: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

    /// The lines that hold all of some texts.
    package func lines(with texts: String...) -> [String] {
        output.split(separator: "\n").map(String.init).filter { line in texts.allSatisfy(line.contains) }
    }

    /// The last lines, to show when a test fails.
    package var tail: String {
        let lines = output.split(separator: "\n").suffix(15).map { $0.prefix(300) }.joined(separator: "\n")
        return "--- \(name)\n\(lines)"
    }

    /// Gives it a line as somebody who types.
    package func type(_ line: String) throws {
        try input?.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// Waits for a line that holds all of some texts.
    package func said(_ texts: String..., within limit: Duration = .seconds(20)) async throws {
        try await eventually("\(name) says \(texts)", within: limit, evidence: tail) {
            output.split(separator: "\n").contains { line in texts.allSatisfy { line.contains($0) } }
        }
    }

    package func send(_ signal: Int32) { if process.isRunning { Foundation.kill(identifier, signal) } }

    /// Ends it without a goodbye.
    package func kill() {
        guard process.isRunning else { return }
        send(SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for its end.
    /// - Returns: its exit code; that of a signal is negative.
    package func exitCode(within limit: Duration) async throws -> Int32 {
        try await eventually("\(name) ends", within: limit, evidence: tail) {
            !process.isRunning && end != nil
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
