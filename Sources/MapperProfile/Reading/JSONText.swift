// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decodes the text between JSON's double quotes.
struct JSONText {
    /// What is wrong with a text, and at which of its bytes.
    struct Problem: Error {
        var index: Int
        var message: String
    }

    /// The decoded bytes, UTF-8.
    private(set) var bytes: [UInt8] = []
    /// For each decoded character the index of the byte it starts at.
    private(set) var starts: [Int] = []
    /// The index after the closing quote.
    private(set) var end: Int
    private let source: [UInt8]

    /// Decodes from an opening quote on.
    init(_ source: [UInt8], from quote: Int) throws(Problem) {
        self.source = source
        end = quote + 1
        while true {
            guard end < source.count else { throw Problem(index: quote, message: "the text has no closing quote") }
            let byte = source[end]
            if byte == UInt8(ascii: "\"") { break }
            if byte & 0xC0 != 0x80 { starts.append(end) }
            if byte == UInt8(ascii: "\\") {
                try escape()
            } else if byte < 0x20 {
                let what = byte == 0x0A ? "a line break" : byte == 0x09 ? "a tab" : "control character \(byte)"
                throw Problem(
                    index: end,
                    message: "\(what) inside a text must be written as an escape (\\n, \\t, \\u…)"
                )
            } else {
                bytes.append(byte)
                end += 1
            }
        }
        end += 1
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func escape() throws(Problem) {
        let start = end
        guard start + 1 < source.count else { throw Problem(index: start, message: "the text has no closing quote") }
        end += 2
        switch source[start + 1] {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(source[start + 1])
        case UInt8(ascii: "u"): try unicode(from: start)
        default:
            throw Problem(
                index: start,
                message: "unknown escape (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX are allowed)"
            )
        }
    }

    /// Decodes `\uXXXX`; half a surrogate pair becomes U+FFFD, as Go's decoder does with it.
    private mutating func unicode(from start: Int) throws(Problem) {
        guard let unit = codeUnit(at: end) else {
            throw Problem(index: start, message: "\\u must be followed by four hexadecimal digits")
        }
        end += 4
        var code = UInt32(unit)
        if UTF16.isLeadSurrogate(unit), source[end...].starts(with: Array("\\u".utf8)), let low = codeUnit(at: end + 2),
            UTF16.isTrailSurrogate(low)
        {
            end += 6
            code = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        }
        bytes += Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    }

    private func codeUnit(at index: Int) -> UInt16? {
        guard index + 4 <= source.count else { return nil }
        let digits = source[index..<index + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
