// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperTesting

/// One property's twin as `twin get` shows it.
struct TwinRow: Encodable, Hashable {
    var property: String
    var desired: String?
    var reported: String?
    var type: String?
    /// When the reported value came, in milliseconds since 1970.
    var reportedAt: Int64?

    init(_ property: String, _ twin: TwinMessage.Twin) {
        self.property = property
        // An empty text is what is left when nothing is desired any more.
        desired = twin.expected?.value.flatMap { $0.isEmpty ? nil : $0 }
        reported = twin.actual?.value
        type = twin.metadata?.type
        reportedAt = twin.actual?.metadata?.timestamp
    }

    static func rows(_ message: TwinMessage) -> [TwinRow] {
        (message.twin ?? [:]).sorted { $0.key < $1.key }.map { TwinRow($0.key, $0.value) }
    }

    /// A table for people.
    static func table(_ message: TwinMessage) -> TextTable {
        TextTable(
            header: ["PROPERTY", "DESIRED", "REPORTED", "TYPE", "AGE"],
            rows: rows(message).map { row in
                [
                    row.property, row.desired ?? "-", row.reported ?? "-", row.type ?? "-",
                    row.reportedAt.map { age(message.timestamp - $0) } ?? "-",
                ]
            }
        )
    }

    /// Everything for programs: an array in the order of the names.
    static func json(_ message: TwinMessage) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(rows(message)), as: UTF8.self)
    }

    private static func age(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86400) d"
        }
    }
}
