// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds out where the characters of a text stand that is a scalar inside a file.
struct EmbeddedText {
    let text: String
    let start: SourceLocation
    let file: SourceFile

    init(_ text: String, at start: SourceLocation, in file: SourceFile) {
        self.text = text
        self.start = start
        self.file = file
    }

    /// The places of the text; only its start where its way of writing does not tell more.
    var map: SourceMap {
        let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard start.line <= lines.count else { return .fixed(start) }
        let line = Array(lines[start.line - 1])
        let index = Self.index(ofColumn: start.column, in: line)
        guard index < line.count else { return .fixed(start) }
        switch line[index] {
        case UInt8(ascii: "|"): return block(lines)
        case UInt8(ascii: "\""): return doubleQuoted(line, from: index)
        case UInt8(ascii: "'"): return singleQuoted(line, from: index)
        default: return .fixed(start)
        }
    }

    /// Each line of a block stands on a line of the file, behind some indentation.
    private func block(_ lines: [ArraySlice<UInt8>]) -> SourceMap {
        var shifts: [Int] = []
        for (offset, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard start.line + offset < lines.count else { break }
            let line = lines[start.line + offset]
            guard String(decoding: line, as: UTF8.self).hasSuffix(content) else { break }
            shifts.append(line.count - content.utf8.count)
        }
        return .lines(file: start.file, firstLine: start.line + 1, shifts: shifts)
    }

    /// YAML's double quotes take JSON's escapes with the same meaning, and JSON files have no other way.
    private func doubleQuoted(_ line: [UInt8], from index: Int) -> SourceMap {
        guard let decoded = try? JSONText(line, from: index), decoded.string == text else { return .fixed(start) }
        return characters(decoded.starts, in: line)
    }

    /// In single quotes only the quote itself is written in another way: twice.
    private func singleQuoted(_ line: [UInt8], from index: Int) -> SourceMap {
        let quote = UInt8(ascii: "'")
        var starts: [Int] = []
        var content: [UInt8] = []
        var index = index + 1
        while index < line.count, line[index] != quote || index + 1 < line.count && line[index + 1] == quote {
            if line[index] & 0xC0 != 0x80 { starts.append(index) }
            content.append(line[index])
            index += line[index] == quote ? 2 : 1
        }
        guard content.elementsEqual(text.utf8) else { return .fixed(start) }
        return characters(starts, in: line)
    }

    private func characters(_ starts: [Int], in line: [UInt8]) -> SourceMap {
        var columns: [Int] = []
        var column = 1
        var index = 0
        for start in starts {
            while index < start {
                if line[index] & 0xC0 != 0x80 { column += 1 }
                index += 1
            }
            columns.append(column)
        }
        return .characters(file: start.file, line: start.line, columns: columns)
    }

    private static func index(ofColumn column: Int, in line: [UInt8]) -> Int {
        var index = 0
        var passed = 1
        while index < line.count, passed < column {
            index += 1
            while index < line.count, line[index] & 0xC0 == 0x80 { index += 1 }
            passed += 1
        }
        return index
    }
}
