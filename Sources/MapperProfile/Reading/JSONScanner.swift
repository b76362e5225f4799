// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads JSON into a tree in which every node knows its place.
///
/// libyaml is not asked, although JSON is nearly a part of YAML: it refuses surrogate pairs in `\u` escapes, keys of more
/// than 1024 bytes, a line break between a key and its colon, and folds line separators (U+2028) inside texts. A scanner
/// of JSON's few rules is smaller than working around each of these.
struct JSONScanner {
    let bytes: [UInt8]
    private let map: SourceMap
    private var budget: TreeBudget
    private(set) var index = 0
    private var position = SourceMap.Position()

    /// Takes UTF-8 without a byte order mark.
    init(_ bytes: [UInt8], map: SourceMap, limits: ReadingLimits) {
        self.bytes = bytes
        self.map = map
        budget = TreeBudget(limits)
    }

    /// Reads the one value the text consists of.
    mutating func document() throws(ConfigurationError) -> ConfigNode {
        skipSpace()
        guard peek != nil else { throw problem("the file is empty") }
        let node = try value(depth: 0)
        skipSpace()
        guard peek == nil else { throw problem("not valid JSON: \(seen) follows after the end of the value") }
        return node
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var location: SourceLocation { map.location(of: position) }

    /// What stands at the current place, for a complaint.
    private var seen: String {
        guard let byte = peek else { return "the end of the file" }
        guard byte >= 0x20, byte != 0x7F else { return "a control character (byte \(byte))" }
        let end = bytes[index...].dropFirst().prefix { $0 & 0xC0 == 0x80 }.endIndex
        return "'\(String(decoding: bytes[index..<end], as: UTF8.self))'"
    }

    func problem(_ message: String) -> ConfigurationError {
        ConfigurationError(at: location, message)
    }

    mutating func advance() {
        let byte = bytes[index]
        index += 1
        if byte == 0x0A {
            position.line += 1
            position.column = 1
            position.offset += 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
            position.offset += 1
        }
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D { advance() }
    }

    private mutating func value(depth: Int) throws(ConfigurationError) -> ConfigNode {
        let place = location
        try budget.spend(1, at: place)
        switch peek {
        case UInt8(ascii: "{"): return ConfigNode(.mapping(try members(depth: depth + 1)), at: place)
        case UInt8(ascii: "["): return ConfigNode(.sequence(try elements(depth: depth + 1)), at: place)
        case UInt8(ascii: "\""): return ConfigNode(.string(try text()), at: place)
        default: return ConfigNode(try word(), at: place)
        }
    }

    private mutating func members(depth: Int) throws(ConfigurationError) -> [ConfigNode.Entry] {
        try budget.check(depth: depth, at: location)
        var entries = EntryList()
        advance()
        skipSpace()
        if skip("}") { return [] }
        while true {
            guard peek == UInt8(ascii: "\"") else {
                throw problem("not valid JSON: expected a key in double quotes, not \(seen)")
            }
            let place = location
            let key = try text()
            skipSpace()
            guard skip(":") else { throw problem("not valid JSON: expected ':' after the key '\(key)', not \(seen)") }
            skipSpace()
            try entries.append(key, at: place, try value(depth: depth))
            skipSpace()
            if skip("}") { return entries.entries }
            guard skip(",") else { throw problem("not valid JSON: expected ',' or '}', not \(seen)") }
            skipSpace()
        }
    }

    private mutating func elements(depth: Int) throws(ConfigurationError) -> [ConfigNode] {
        try budget.check(depth: depth, at: location)
        var elements: [ConfigNode] = []
        advance()
        skipSpace()
        if skip("]") { return [] }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if skip("]") { return elements }
            guard skip(",") else { throw problem("not valid JSON: expected ',' or ']', not \(seen)") }
            skipSpace()
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let byte = peek, byte == UInt8(ascii: character) else { return false }
        advance()
        return true
    }

    /// Reads `null`, `true`, `false` or a number.
    private mutating func word() throws(ConfigurationError) -> ConfigNode.Content {
        let end = bytes[index...].prefix { Self.isWordByte($0) }.endIndex
        let word = String(decoding: bytes[index..<end], as: UTF8.self)
        let content: ConfigNode.Content
        switch word {
        case "": throw problem("not valid JSON: expected a value, not \(seen)")
        case "null": content = .null
        case "true": content = .boolean(true)
        case "false": content = .boolean(false)
        default:
            guard Self.isNumber(word), let number = CoreSchema.number(word) else {
                let shown = word.count <= 40 ? "'\(word)'" : "'\(word.prefix(40))…'"
                throw problem("not valid JSON: \(shown) is neither a number nor true, false or null")
            }
            content = number
        }
        while index < end { advance() }
        return content
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// JSON's numbers are the decimal ones of YAML without a plus sign, leading zeros or a bare point.
    private static func isNumber(_ word: String) -> Bool {
        let digits = word.utf8.drop { $0 == UInt8(ascii: "-") }
        let whole = digits.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let rest = digits.dropFirst(whole.count)
        guard word.utf8.count - digits.count <= 1, !whole.isEmpty else { return false }
        guard whole.count == 1 || whole.first != 0x30 else { return false }
        switch rest.first {
        case nil, UInt8(ascii: "e"), UInt8(ascii: "E"): return true
        case UInt8(ascii: "."): return rest.dropFirst().first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
        default: return false
        }
    }
}
