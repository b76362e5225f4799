// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Keeps what was logged, for a test to look at.
final class RecordedLog: Sendable {
    private let kept = Mutex<[String]>([])

    /// The lines, oldest first: level, message, fields.
    var lines: [String] { kept.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.info
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            let text = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            log.kept.withLock { $0.append("\(event.level) \(event.message)\(text)") }
        }
    }
}
