// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperTesting

/// Keeps what was logged.
final class LogRecord: Sendable {
    private let kept = Watched<[String]>([])

    /// Everything so far: the level, the message and what belongs to it.
    var lines: [String] { kept.now }

    /// Waits until something was logged.
    func wait(for part: String) async throws {
        try await kept.first { lines in lines.contains { $0.contains(part) } ? () : nil }
    }

    var logger: Logger { logger(.info) }

    /// A logger that leaves out what is below a level.
    func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "test") { _ in Handler(record: self) }
        logger.logLevel = level
        return logger
    }

    private func add(_ line: String) { kept.change { $0.append(line) } }

    private struct Handler: LogHandler {
        let record: LogRecord
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            record.add((["\(event.level): \(event.message)"] + details).joined(separator: " "))
        }
    }
}
