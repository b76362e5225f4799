// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Every kind of message a mapper sends, as JSON.
///
/// The types leave no room for what EdgeCore must never get: a report has no place for `expected`, for a missing value
/// or for `null`; timestamps are whole numbers, values are strings.
enum OutgoingMessage {
    /// A report of values for a twin.
    struct TwinUpdate: Encodable, Sendable {
        struct Twin: Encodable {
            struct Actual: Encodable { let value: String }
            struct Metadata: Encodable { let type: String }

            let actual: Actual
            let metadata: Metadata

            init(_ value: TwinText) {
                actual = Actual(value: value.text)
                metadata = Metadata(type: value.type)
            }
        }

        let event_id: String
        let timestamp: Int64
        let twin: [String: Twin]
    }

    /// A question for all values of a twin.
    struct TwinGet: Encodable {
        let event_id: String
        let timestamp: Int64
    }

    /// A device's or this mapper's state.
    struct StateUpdate: Encodable {
        let event_id: String
        let timestamp: Int64
        let state: String
    }

    /// Values for whoever reads telemetry.
    struct DataUpdate: Encodable {
        struct Datum: Encodable {
            struct Metadata: Encodable {
                let timestamp: Int64
                let type: String
            }

            let value: String
            let metadata: Metadata
        }

        let event_id: String
        let timestamp: Int64
        let data: [String: Datum]
    }

    /// The bytes of a message.
    static func bytes(_ message: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, whole numbers and maps of them always have a JSON form.
        guard let data = try? encoder.encode(message) else { return [] }
        return [UInt8](data)
    }
}
