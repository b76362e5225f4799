// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says how bytes make up a value: the key `dataType` of a visitor.
enum ValueType: Hashable, Sendable {
    /// A whole number.
    case integer(bits: Int, isSigned: Bool)
    /// An IEEE 754 number of single precision.
    case float32
    /// An IEEE 754 number of double precision.
    case float64
    /// A decimal number of 16 bits (IEEE 11073-20601): Bluetooth's SFLOAT.
    case sfloat
    /// A decimal number of 32 bits (IEEE 11073-20601): Bluetooth's FLOAT.
    case float11073
    /// True when any byte is not zero.
    case bool
    /// One bit; `bit` says which.
    case bit
    /// Some bits as a number; `bit` and `bitCount` say which.
    case bitfield
    /// Text in UTF-8.
    case string
    /// Bytes as they are.
    case bytes
    /// Bytes as a text of hexadecimal digits.
    case hex

    /// The name in a configuration.
    var name: String { Self.names.first { $0.type == self }?.name ?? "" }

    /// All types with their names.
    private static let names: [(name: String, type: ValueType)] =
        [8, 16, 24, 32, 40, 48, 56, 64].flatMap { bits in
            [
                ("int\(bits)", .integer(bits: bits, isSigned: true)),
                ("uint\(bits)", .integer(bits: bits, isSigned: false)),
            ]
        } + [
            ("float32", .float32), ("float64", .float64), ("sfloat", .sfloat), ("float11073", .float11073),
            ("bool", .bool), ("bit", .bit), ("bitfield", .bitfield), ("string", .string), ("bytes", .bytes),
            ("hex", .hex),
        ]

    /// Other words for them, as specifications of the Bluetooth SIG have them.
    private static let otherNames: [String: ValueType] = [
        "SFLOAT": .sfloat, "medfloat16": .sfloat, "FLOAT": .float11073, "medfloat32": .float11073, "boolean": .bool,
    ]

    /// Finds a type by its name.
    init?(_ name: String) {
        guard let type = Self.names.first(where: { $0.name == name })?.type ?? Self.otherNames[name] else { return nil }
        self = type
    }

    /// What to write instead of a word that is no type.
    static func hint(for word: String) -> String {
        switch word {
        case "float": return "float32 for IEEE 754, float11073 for Bluetooth's FLOAT"
        case "double": return "float64"
        default:
            let suggestion = Spelling.nearest(to: word, in: names.map(\.name)).map { ", probably '\($0)'" } ?? ""
            return "one of \(names.map(\.name).joined(separator: ", "))\(suggestion)"
        }
    }
}

extension ValueType: Decodable {
    /// Decodes a name.
    init(from decoder: any Decoder) throws {
        let word = try ConfigNode(from: decoder).string ?? ""
        self = try ConfigText.value(from: decoder, needed: Self.hint(for: word), standIn: .bool) { ValueType($0) }
    }
}
