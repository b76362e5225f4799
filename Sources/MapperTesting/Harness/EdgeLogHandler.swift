// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Keeps what a mapper complains about where a failing expectation finds it.
struct EdgeLogHandler: LogHandler {
    let edge: InMemoryEdge
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    init(edge: InMemoryEdge) {
        self.edge = edge
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let device = fields.removeValue(forKey: LogKey.device)
        let details = fields.sorted { Self.place(of: $0.key) < Self.place(of: $1.key) }.map { "\($0.key) \($0.value)" }
        let text = details.isEmpty ? "\(event.message)" : "\(event.message) (\(details.joined(separator: ", ")))"
        edge.note(text, of: device.map { "\($0)" })
    }

    /// The reason comes last.
    private static func place(of key: String) -> String { key == LogKey.error ? "~" : key }
}
