// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds bytes that no configuration text may contain, and where they stand.
struct TextCheck {
    private let bytes: [UInt8]
    private let file: String

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// The bytes without a byte order mark, checked to be UTF-8.
    func utf8() throws(ConfigurationError) -> [UInt8] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: text, as: UTF8.self) == nil else { return text }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw ConfigurationError(at: place(of: 0, in: text), "the file is UTF-16; save it as UTF-8")
        }
        let index = Self.firstInvalidByte(in: text)
        let byte = String(text[index], radix: 16, uppercase: true)
        throw ConfigurationError(
            at: place(of: index, in: text),
            "not UTF-8 text: byte 0x\(byte.count < 2 ? "0" : "")\(byte) cannot stand here"
        )
    }

    /// Refuses what YAML does not allow anywhere, so that the complaint has a place; libyaml would give only an offset.
    ///
    /// Directives are counted because libyaml compares each with all before it.
    func checkYAML(_ text: [UInt8]) throws(ConfigurationError) {
        var directives = 0
        for (index, byte) in text.enumerated() {
            if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F {
                throw ConfigurationError(
                    at: place(of: index, in: text),
                    "a control character (byte \(byte)) cannot stand in a text file"
                )
            }
            if byte == UInt8(ascii: "%") && (index == 0 || text[index - 1] == 0x0A || text[index - 1] == 0x0D) {
                directives += 1
                guard directives <= 100 else {
                    throw ConfigurationError(at: place(of: index, in: text), "more than 100 lines that start with '%'")
                }
            }
        }
    }

    private func place(of index: Int, in text: [UInt8]) -> SourceLocation {
        var line = 1
        var column = 1
        for byte in text[..<index] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourceLocation(file: file, line: line, column: column)
    }

    /// The first byte that does not belong to a well-formed sequence.
    private static func firstInvalidByte(in text: [UInt8]) -> Int {
        var index = 0
        while index < text.count {
            let length = sequenceLength(text[index])
            guard length > 0, index + length <= text.count,
                String(validating: text[index..<index + length], as: UTF8.self) != nil
            else { return index }
            index += length
        }
        return max(0, text.count - 1)
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }
}
