// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Gives raw whole numbers their names, and back: the key `enumeration` of a visitor.
///
/// The names are text in the property's own type: words for a string, numbers for an int (`0: 9600, 1: 19200`),
/// `true` and `false` for a boolean.
public struct ValueEnumeration: Hashable, Sendable {
    /// The text of each raw number.
    public let texts: [Int64: String]
    private let numbers: [String: Int64]

    /// Creates an enumeration; of raw numbers with the same text the smallest is written.
    public init(_ texts: [Int64: String]) {
        self.texts = texts
        numbers = Dictionary(texts.map { ($0.value, $0.key) }) { min($0, $1) }
    }

    /// The text of a raw number; `nil` for a number that has none.
    public func text(of raw: Int64) -> String? { texts[raw] }

    /// The raw number of a text, letter case included.
    /// - Throws: ``ValueError`` of code `outOfRange` that lists the texts.
    public func raw(of text: String) throws(ValueError) -> Int64 {
        if let number = numbers[text] { return number }
        let suggestion = Spelling.suggestion(for: text, in: numbers.keys)
        throw ValueError(.outOfRange, "'\(text)' is none of \(listed)\(suggestion)")
    }

    /// The texts in the order of their raw numbers.
    private var listed: String {
        texts.sorted { $0.key < $1.key }.map { "'\($0.value)'" }.joined(separator: ", ")
    }
}

extension ValueEnumeration: Decodable {
    /// Decodes a group whose keys are raw whole numbers, also in the form `0x1F`, and whose values are text.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: RawKey.self)
        var texts: [Int64: String] = [:]
        for key in keys.allKeys {
            let text = try keys.decode(String.self, forKey: key)
            guard let raw = RawNumber.whole(key.stringValue) else {
                throw Self.problem("the key '\(key.stringValue)', allowed are whole numbers", keys.codingPath)
            }
            guard texts.updateValue(text, forKey: raw) == nil else {
                throw Self.problem("the raw number \(raw) twice", keys.codingPath)
            }
        }
        self.init(texts)
    }

    private static func problem(_ what: String, _ path: [any CodingKey]) -> DecodingError {
        DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: path, debugDescription: "'enumeration' has \(what)")
        )
    }

    /// Is any text as a key.
    private struct RawKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
