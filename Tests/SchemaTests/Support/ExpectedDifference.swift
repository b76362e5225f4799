// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A value about which a schema and the code under test may say different things, and why.
struct ExpectedDifference: Sendable {
    /// The part of the schema; `nil` for all.
    var pointer: String?
    /// The key; `nil` for all.
    var key: String?
    /// Why that is so.
    var reason: String
    /// Whether a value is one of them.
    var concerns: @Sendable (_ value: ConfigNode, _ schema: ConfigNode) -> Bool

    /// Values that the code refuses and a schema cannot know about.
    static let laxer: [ExpectedDifference] = [
        ExpectedDifference(reason: "limits of numbers are not in the schema for numbers that are written as text") {
            value,
            schema in
            (value.string.map { isNumber($0) } ?? false)
                && (schema["minimum"] != nil || schema["maximum"] != nil || schema["pattern"] != nil)
        },
        ExpectedDifference(reason: "a schema does not look into JSON text") { value, _ in
            value.string.map { $0.hasPrefix("{") || $0.hasPrefix("[") } ?? false
        },
        ExpectedDifference(
            pointer: "/properties/report",
            key: "refresh",
            reason: "of spans of time with a unit the schema knows the form, not the length"
        ) { value, _ in value.string.map { $0.hasSuffix("ms") } ?? false },
        ExpectedDifference(
            pointer: "/properties/common",
            key: "http_port",
            reason: "the key has no effect, and no limits but those of 64 bits"
        ) { value, _ in if case .double = value.content { true } else { false } },
        ExpectedDifference(
            pointer: "/definitions/bluetoothConnection",
            key: "name",
            reason: "a schema does not count the digits of a number that is taken for text"
        ) { value, _ in if case .double = value.content { true } else { false } },
    ]

    /// Values that the code takes and a schema refuses.
    static let stricter: [ExpectedDifference] = [
        ExpectedDifference(reason: "Swift also reads hexadecimal text where any number will do; nobody writes that") {
            value,
            _ in value.string.map { $0.hasPrefix("0x") } ?? false
        },
        ExpectedDifference(reason: "one of a few numbers as text has one spelling in the schema, not +5 and 05") {
            value,
            schema in schema["enum"] != nil && value.string.flatMap { Int64($0) } != nil
        },
        ExpectedDifference(
            pointer: "",
            reason: "JSON text of a group is what KubeEdge's configData need, and no configuration file"
        ) { value, _ in value.string?.hasPrefix("{") ?? false },
        ExpectedDifference(
            pointer: "/definitions/bluetoothConnection",
            key: "adapter",
            reason: "twelve digits without quotes are an address for the decoder, but a number for everybody else"
        ) { value, _ in if case .int = value.content { true } else { false } },
        ExpectedDifference(
            key: "noValue",
            reason: "an empty group marks nothing: it is what stands in for a value that could not be decoded"
        ) { value, _ in value == [:] || value == "{}" },
    ]

    /// Whether one of the differences is about a value.
    static func explains(
        _ differences: [ExpectedDifference],
        _ pointer: String,
        _ key: String,
        _ value: ConfigNode,
        _ schema: ConfigNode
    ) -> Bool {
        differences.contains {
            $0.pointer ?? pointer == pointer && $0.key ?? key == key && $0.concerns(value, schema)
        }
    }

    private static func isNumber(_ text: String) -> Bool { text.lowercased().hasPrefix("0x") || Double(text) != nil }
}
