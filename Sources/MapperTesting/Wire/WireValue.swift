// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One side of a twin: a text, and when EdgeCore took it.
struct WireValue: Hashable, Sendable {
    /// `nil` when the message had no value.
    var value: String?
    /// `nil` when there is no metadata.
    var timestamp: Int64?

    init(_ value: String?, at timestamp: Int64? = nil) {
        self.value = value
        self.timestamp = timestamp
    }

    init(_ fields: JSONFields) throws(GoJSONError) {
        value = try fields.string("value")
        timestamp = try fields.fields("metadata", structName: "ValueMetadata").map { fields throws(GoJSONError) in
            try fields.int("timestamp") ?? 0
        }
    }

    var json: JSONValue {
        .object([
            ("value", value.map(JSONValue.string)),
            ("metadata", timestamp.map { .object([("timestamp", $0 == 0 ? nil : .int($0))]) }),
        ])
    }
}
