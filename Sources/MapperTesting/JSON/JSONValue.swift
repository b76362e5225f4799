// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A JSON text as a tree: members in the order written, numbers as written.
indirect enum JSONValue: Hashable, Sendable {
    /// One `"key": value` of an object.
    struct Member: Hashable, Sendable {
        var key: String
        var value: JSONValue
        /// How many bytes of the text were read when the value's type was known; 0 for values made by programs.
        var end = 0
    }

    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// Makes an object in this order, without the members that are `nil`.
    static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
    }

    /// Makes an object the way Go writes a map: sorted by the bytes of the keys.
    static func map(_ values: [String: JSONValue]) -> JSONValue {
        .object(
            values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { Member(key: $0.key, value: $0.value) }
        )
    }

    static func int(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// What Go's decoder calls such a value in its complaints.
    var goKind: String {
        switch self {
        case .null: "null"
        case .boolean: "bool"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
