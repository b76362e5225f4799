// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Is a program that runs beside the benchmark, with its output in a file; it is killed when nobody holds it any more.
package final class RunningProgram {
    /// What it is called in messages.
    package let name: String
    private let process = Process()
    /// What it has said.
    package let file: URL

    /// Starts it.
    package init(_ name: String, _ executable: URL, _ arguments: [String], in folder: ScratchFolder) throws {
        self.name = name
        file = folder.url.appending(path: "\(name)-\(UUID().uuidString.prefix(8)).log")
        try Data().write(to: file)
        let output = try FileHandle(forWritingTo: file)
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MAPPER_") }
        try process.run()
    }

    deinit {
        guard process.isRunning else { return }
        Foundation.kill(identifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The process.
    package var identifier: Int32 { process.processIdentifier }
    /// Whether it has not ended.
    package var isRunning: Bool { process.isRunning }

    /// The lines it has said so far.
    package var lines: [Substring] {
        ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
    }

    /// Waits until what it has said satisfies a condition.
    package func says(
        _ what: String,
        within limit: Duration = .seconds(30),
        _ condition: ([Substring]) -> Bool
    ) async throws {
        try await eventually("\(name) says \(what)", within: limit) {
            if condition(lines) { return true }
            if isRunning { return false }
            throw BenchmarkFailure("\(name) ended: \(lines.suffix(5).joined(separator: "\n"))")
        }
    }

    /// Asks it to end, and waits for that.
    /// - Returns: its exit code; that of a signal is negative.
    @discardableResult
    package func stop(within limit: Duration = .seconds(10)) async throws -> Int32 {
        if isRunning { Foundation.kill(identifier, SIGTERM) }
        try await eventually("\(name) ends", within: limit) { !isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
