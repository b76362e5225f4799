// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Writes each log entry as exactly one line.
struct LineLogHandler: LogHandler {
    /// What is left out.
    var logLevel: Logger.Level
    /// What every entry carries.
    var metadata: Logger.Metadata = [:]
    /// What is added from the task an entry is made in.
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let now: @Sendable () -> Timestamp
    private let sink: @Sendable (String) -> Void

    /// Creates a handler that hands whole lines, without the line break, to a sink.
    init(
        label: String,
        level: Logger.Level,
        format: LogFormat,
        now: @escaping @Sendable () -> Timestamp = { SystemClock().timestamp },
        sink: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.now = now
        self.sink = sink
    }

    /// One item of the metadata that every entry carries.
    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an entry.
    func log(event: LogEvent) {
        var fields = metadataProvider?.get() ?? [:]
        fields.merge(metadata) { _, own in own }
        fields.merge(event.metadata ?? [:]) { _, own in own }
        let line = LogLine(
            timestamp: now(),
            level: event.level,
            label: label,
            message: event.message.description,
            error: event.error.map { "\($0)" },
            metadata: fields
        )
        sink(format == .json ? line.json : line.text)
    }
}
