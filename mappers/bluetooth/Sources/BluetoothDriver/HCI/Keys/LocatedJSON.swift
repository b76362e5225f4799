// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a value of a JSON file, with the line it stands in.
struct LocatedJSON: Hashable, Sendable {
    indirect enum Value: Hashable, Sendable {
        case object([String: LocatedJSON])
        case array([LocatedJSON])
        case string(String)
        case number(Int64)
        /// Anything else that JSON knows: a fraction, `true`, `false` or `null`.
        case other
    }

    var line: Int
    var value: Value

    /// A member of an object.
    subscript(name: String) -> LocatedJSON? {
        if case .object(let members) = value { members[name] } else { nil }
    }

    var elements: [LocatedJSON]? {
        if case .array(let elements) = value { elements } else { nil }
    }

    var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    var number: Int64? {
        if case .number(let number) = value { number } else { nil }
    }
}
