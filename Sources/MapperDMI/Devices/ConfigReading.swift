// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import SwiftProtobuf

/// Reads `configData`, whatever kinds of values it holds, and remembers what was doubtful.
struct ConfigReading {
    /// Deeper than any configuration, and shallow enough for every stack.
    private static let depthLimit = 32

    /// What was found, in the order of the message.
    private(set) var findings: [Diagnostic] = []

    mutating func add(_ finding: Diagnostic) { findings.append(finding) }

    /// Reads the values of one `configData`; the keys come in no order, so they are sorted.
    /// - Parameter subject: What the values belong to, for complaints.
    mutating func node(_ values: [String: Google_Protobuf_Any], of subject: String) -> ConfigNode {
        var entries: [ConfigNode.Entry] = []
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let content = content(of: value, "\(subject): '\(key)'") else { continue }
            entries.append(ConfigNode.Entry(key, ConfigNode(content)))
        }
        return ConfigNode(.mapping(entries))
    }

    private mutating func content(of value: Google_Protobuf_Any, _ place: String) -> ConfigNode.Content? {
        do {
            return try unpacked(value, place)
        } catch {
            findings.append(.error(at: nil, "\(place) cannot be read: its bytes are no \(value.typeURL)"))
            return nil
        }
    }

    private mutating func unpacked(_ value: Google_Protobuf_Any, _ place: String) throws -> ConfigNode.Content? {
        if value.isA(Google_Protobuf_StringValue.self) {
            return .string(try Google_Protobuf_StringValue(unpackingAny: value).value)
        }
        if value.isA(Google_Protobuf_BoolValue.self) {
            return .boolean(try Google_Protobuf_BoolValue(unpackingAny: value).value)
        }
        if value.isA(Google_Protobuf_FloatValue.self) {
            return number(try Google_Protobuf_FloatValue(unpackingAny: value).value, place)
        }
        if let whole = try whole(value) { return Int64(exactly: whole).map { .int($0) } ?? .double(Double(whole)) }
        if value.isA(Google_Protobuf_DoubleValue.self) {
            return double(try Google_Protobuf_DoubleValue(unpackingAny: value).value, place)
        }
        if value.isA(Google_Protobuf_Value.self) {
            return json(try Google_Protobuf_Value(unpackingAny: value), place, depth: 0)
        }
        if value.isA(Google_Protobuf_Struct.self) {
            return mapping(try Google_Protobuf_Struct(unpackingAny: value).fields, place, depth: 0)
        }
        if value.isA(Google_Protobuf_ListValue.self) {
            return list(try Google_Protobuf_ListValue(unpackingAny: value).values, place, depth: 0)
        }
        findings.append(.error(at: nil, "\(place) is a \(value.typeURL): texts, numbers and booleans are allowed"))
        return nil
    }

    private func whole(_ value: Google_Protobuf_Any) throws -> Int128? {
        if value.isA(Google_Protobuf_Int32Value.self) {
            return Int128(try Google_Protobuf_Int32Value(unpackingAny: value).value)
        }
        if value.isA(Google_Protobuf_Int64Value.self) {
            return Int128(try Google_Protobuf_Int64Value(unpackingAny: value).value)
        }
        if value.isA(Google_Protobuf_UInt32Value.self) {
            return Int128(try Google_Protobuf_UInt32Value(unpackingAny: value).value)
        }
        if value.isA(Google_Protobuf_UInt64Value.self) {
            return Int128(try Google_Protobuf_UInt64Value(unpackingAny: value).value)
        }
        return nil
    }

    private mutating func number(_ value: Float, _ place: String) -> ConfigNode.Content? {
        let number = WireNumber(value)
        guard let content = number.content else { return notFinite(place) }
        if number.isDoubtful {
            let text = ConfigNode(content).numberText
            findings.append(
                .warning(
                    at: nil,
                    "\(place) is \(text), or a number near it: EdgeCore carries numbers as 32-bit floats; "
                        + "write it in the Device as text, in quotes and with all its digits, to be sure"
                )
            )
        }
        return content
    }

    private mutating func double(_ value: Double, _ place: String) -> ConfigNode.Content? {
        guard value.isFinite else { return notFinite(place) }
        return Int64(exactly: value).map { .int($0) } ?? .double(value)
    }

    private mutating func notFinite(_ place: String) -> ConfigNode.Content? {
        findings.append(.error(at: nil, "\(place) is no finite number"))
        return nil
    }

    // MARK: Values within values, which EdgeCore does not send up to v1.23

    private mutating func json(_ value: Google_Protobuf_Value, _ place: String, depth: Int) -> ConfigNode.Content? {
        guard depth < Self.depthLimit else {
            findings.append(.error(at: nil, "\(place) is nested too deeply: at most \(Self.depthLimit) levels"))
            return nil
        }
        switch value.kind {
        case .numberValue(let number): return double(number, place)
        case .stringValue(let text): return .string(text)
        case .boolValue(let flag): return .boolean(flag)
        case .structValue(let group): return mapping(group.fields, place, depth: depth + 1)
        case .listValue(let values): return list(values.values, place, depth: depth + 1)
        case .nullValue, nil: return .null
        }
    }

    private mutating func mapping(
        _ fields: [String: Google_Protobuf_Value],
        _ place: String,
        depth: Int
    ) -> ConfigNode.Content {
        var entries: [ConfigNode.Entry] = []
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard let content = json(value, "\(place), '\(key)'", depth: depth) else { continue }
            entries.append(ConfigNode.Entry(key, ConfigNode(content)))
        }
        return .mapping(entries)
    }

    private mutating func list(
        _ values: [Google_Protobuf_Value],
        _ place: String,
        depth: Int
    ) -> ConfigNode.Content {
        var elements: [ConfigNode] = []
        for value in values {
            if let content = json(value, place, depth: depth) { elements.append(ConfigNode(content)) }
        }
        return .sequence(elements)
    }
}

extension ConfigNode {
    /// A number as people write it.
    fileprivate var numberText: String {
        switch content {
        case .int(let value): String(value)
        case .double(let value): PropertyValue.double(value).text
        case .null, .boolean, .string, .sequence, .mapping: ""
        }
    }
}

extension ConfigReading {
    /// Reads a cycle; one that cannot be meant is left to the default, and said.
    mutating func cycle(_ milliseconds: Int64, of subject: String) -> ConfigNode? {
        guard milliseconds < 0 else { return ConfigNode(.int(milliseconds)) }
        add(.warning(at: nil, "\(subject): 'collectCycle' is \(milliseconds): taken as the default of 1 s"))
        return nil
    }
}
