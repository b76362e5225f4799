// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// One log entry, ready to be written in either format.
struct LogLine {
    var timestamp: Timestamp
    var level: Logger.Level
    var label: String
    var message: String
    var error: String?
    var metadata: Logger.Metadata

    /// For people: time, level, program, device, message, then everything else as `key=value`.
    var text: String {
        let level = level.rawValue
        var parts = [LogText.time(timestamp), level + String(repeating: " ", count: max(0, 5 - level.count)), label]
        if let device = metadata[LogKey.device] { parts.append("\(LogKey.device)=\(LogText.value("\(device)"))") }
        parts.append(LogText.escaped(message))
        for (key, value) in rest { parts.append("\(LogText.escaped(key))=\(LogText.value("\(value)"))") }
        if let error { parts.append("\(LogKey.error)=\(LogText.value(error))") }
        return parts.joined(separator: " ")
    }

    /// For programs: one JSON object; metadata stands beside the entry's own fields.
    var json: String {
        var fields: [(String, JSONText)] = [
            ("time", .string(LogText.time(timestamp))), ("level", .string(level.rawValue)),
            ("logger", .string(label)), ("message", .string(message)),
        ]
        let own = Set(fields.map(\.0))
        if let device = metadata[LogKey.device] { fields.append((LogKey.device, Self.json(device))) }
        for (key, value) in rest { fields.append((own.contains(key) ? "metadata.\(key)" : key, Self.json(value))) }
        if let error { fields.append((LogKey.error, .string(error))) }
        return JSONText.object(fields).description
    }

    /// The metadata apart from the device, in a fixed order.
    private var rest: [(String, Logger.MetadataValue)] {
        metadata.filter { $0.key != LogKey.device && !(error != nil && $0.key == LogKey.error) }
            .sorted { $0.key < $1.key }
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONText {
        switch value {
        case .array(let items): .array(items.map(json))
        case .dictionary(let fields): .object(fields.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) })
        default: .string("\(value)")
        }
    }
}
