// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads values that a configuration writes as text of a certain form.
enum ConfigText {
    /// Reads one.
    ///
    /// A number is refused: YAML has already taken it apart, and nobody can tell `1800` from `0x708` any more.
    /// - Parameters:
    ///   - decoder: Where the text is; only ``ConfigDecoder`` can do that.
    ///   - needed: What to write instead of a text that is wrong.
    ///   - isSecret: Whether a wrong text is kept out of the complaint, as it may be nearly right.
    ///   - standIn: What keeps decoding going after a complaint.
    ///   - read: Makes the value; `nil` for a wrong text.
    static func value<Value>(
        from decoder: any Decoder,
        needed: String,
        isSecret: Bool = false,
        standIn: Value,
        read: (String) -> Value?
    ) throws -> Value {
        let node = try ConfigNode(from: decoder)
        switch node.content {
        case .string(let text):
            if let value = read(text) { return value }
            let found = isSecret ? "has \(text.count) characters" : "is '\(text)'"
            throw problem("\(found), needed is \(needed)", decoder)
        case .int, .double, .boolean:
            throw problem("is \(node.kind), needed is text in quotes: \(needed)", decoder)
        case .null, .sequence, .mapping:
            // Says that it must be text, unless that is a stand-in itself.
            _ = try decoder.singleValueContainer().decode(String.self)
            return standIn
        }
    }

    /// An error that becomes a complaint at the place of what is decoded.
    static func problem(_ what: String, _ decoder: any Decoder) -> DecodingError {
        let name = decoder.codingPath.last.map { "'\($0.stringValue)' " } ?? ""
        return .dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: name + what)
        )
    }
}
