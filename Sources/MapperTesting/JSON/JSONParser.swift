// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON as strictly as Go's decoder does, and complains in its words.
struct JSONParser {
    private static let maximumDepth = 1000

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Reads a whole text: one value, and nothing but white space around it.
    static func parse(_ bytes: [UInt8]) throws(GoJSONError) -> JSONValue.Member {
        var parser = JSONParser(bytes: bytes)
        parser.skipSpace()
        let (value, end) = try parser.value()
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.unexpected("after top-level value") }
        return JSONValue.Member(key: "", value: value, end: end)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value() throws(GoJSONError) -> (JSONValue, end: Int) {
        switch try current() {
        case UInt8(ascii: "{"): return try nested { (self) throws(GoJSONError) in try self.object() }
        case UInt8(ascii: "["): return try nested { (self) throws(GoJSONError) in try self.array() }
        case UInt8(ascii: "\""): return (.string(try string()), index)
        case UInt8(ascii: "t"): return (.boolean(true), try literal("true"))
        case UInt8(ascii: "f"): return (.boolean(false), try literal("false"))
        case UInt8(ascii: "n"): return (.null, try literal("null"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return (.number(try number()), index)
        default: throw unexpected("looking for beginning of value")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(GoJSONError) -> JSONValue
    ) throws(GoJSONError) -> (JSONValue, end: Int) {
        index += 1
        depth += 1
        guard depth <= Self.maximumDepth else { throw .syntax("exceeded max depth", offset: index) }
        let end = index
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return (value, end)
    }

    private mutating func object() throws(GoJSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        if try skip("}") { return .object(members) }
        while true {
            guard try current() == UInt8(ascii: "\"") else {
                throw unexpected("looking for beginning of object key string")
            }
            let key = try string()
            skipSpace()
            guard try skip(":") else { throw unexpected("after object key") }
            skipSpace()
            let (value, end) = try value()
            members.append(JSONValue.Member(key: key, value: value, end: end))
            skipSpace()
            if try skip("}") { return .object(members) }
            guard try skip(",") else { throw unexpected("after object key:value pair") }
            skipSpace()
        }
    }

    private mutating func array() throws(GoJSONError) -> JSONValue {
        var elements: [JSONValue] = []
        if try skip("]") { return .array(elements) }
        while true {
            elements.append(try value().0)
            skipSpace()
            if try skip("]") { return .array(elements) }
            guard try skip(",") else { throw unexpected("after array element") }
            skipSpace()
        }
    }

    private mutating func literal(_ word: String) throws(GoJSONError) -> Int {
        for expected in word.utf8 {
            guard try current() == expected else {
                throw unexpected("in literal \(word) (expecting \(GoJSONError.quote(character: expected)))")
            }
            index += 1
        }
        return index
    }

    private mutating func number() throws(GoJSONError) -> String {
        let start = index
        _ = try skip("-")
        if try !skip("0") { try digits("in numeric literal") }
        if index < bytes.count, try skip(".") { try digits("after decimal point in numeric literal") }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if try !skip("+") { _ = try skip("-") }
            try digits("in exponent of numeric literal")
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits(_ context: String) throws(GoJSONError) {
        let range = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard range.contains(try current()) else { throw unexpected(context) }
        while index < bytes.count, range.contains(bytes[index]) { index += 1 }
    }

    private mutating func string() throws(GoJSONError) -> String {
        index += 1
        var units: [UInt8] = []
        while true {
            let byte = try current()
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"): units += Array(String(try escape()).utf8)
            case 0..<0x20: throw unexpected("in string literal")
            default:
                units.append(byte)
                index += 1
            }
        }
    }

    private mutating func escape() throws(GoJSONError) -> Unicode.Scalar {
        index += 1
        let byte = try current()
        if byte == UInt8(ascii: "u") { return try unicodeEscape() }
        let meanings: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "b"): "\u{08}", UInt8(ascii: "f"): "\u{0C}", UInt8(ascii: "n"): "\n",
            UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t", UInt8(ascii: "\\"): "\\",
            UInt8(ascii: "/"): "/", UInt8(ascii: "\""): "\"",
        ]
        guard let meaning = meanings[byte] else { throw unexpected("in string escape code") }
        index += 1
        return meaning
    }

    /// Reads `uXXXX`, and its second half when it is the first of a surrogate pair; half a pair becomes U+FFFD.
    private mutating func unicodeEscape() throws(GoJSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard (0xD800..<0xDC00).contains(first), bytes[index...].starts(with: Array("\\u".utf8)) else {
            return Unicode.Scalar(first) ?? "\u{FFFD}"
        }
        let afterFirst = index
        index += 1
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second) else {
            index = afterFirst
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(GoJSONError) -> UInt32 {
        index += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            let character = Character(Unicode.Scalar(try current()))
            guard character.isASCII, let digit = character.hexDigitValue else {
                throw unexpected("in \\u hexadecimal character escape")
            }
            value = value << 4 + UInt32(digit)
            index += 1
        }
        return value
    }

    private func current() throws(GoJSONError) -> UInt8 {
        guard index < bytes.count else { throw .syntax("unexpected end of JSON input", offset: bytes.count) }
        return bytes[index]
    }

    private mutating func skip(_ character: Unicode.Scalar) throws(GoJSONError) -> Bool {
        guard try current() == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
    }

    private func unexpected(_ context: String) -> GoJSONError {
        guard index < bytes.count else { return .syntax("unexpected end of JSON input", offset: bytes.count) }
        return .syntax("invalid character \(GoJSONError.quote(character: bytes[index])) \(context)", offset: index + 1)
    }
}
