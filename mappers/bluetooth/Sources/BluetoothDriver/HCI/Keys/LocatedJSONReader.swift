// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON and remembers where everything stands (RFC 8259).
struct LocatedJSONReader {
    /// What is wrong, and in which line.
    struct Problem: Error, Hashable, Sendable {
        var line: Int
        var text: String
    }

    private static let deepest = 16

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a whole file.
    static func read(_ bytes: [UInt8]) throws(Problem) -> LocatedJSON {
        var reader = LocatedJSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.problem("something follows the end") }
        return value
    }

    private func problem(_ text: String) -> Problem { Problem(line: line, text: text) }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            if byte == 0x0A { line += 1 }
            place += 1
        }
    }

    /// Takes a character, after any space; false when another one is there.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func value(depth: Int) throws(Problem) -> LocatedJSON {
        guard depth < Self.deepest else { throw problem("nested too deeply") }
        skipSpace()
        let start = line
        if take("{") { return LocatedJSON(line: start, value: .object(try members(depth))) }
        if take("[") { return LocatedJSON(line: start, value: .array(try elements(depth))) }
        if next == UInt8(ascii: "\"") { return LocatedJSON(line: start, value: .string(try string())) }
        return LocatedJSON(line: start, value: try word())
    }

    private mutating func members(_ depth: Int) throws(Problem) -> [String: LocatedJSON] {
        var members: [String: LocatedJSON] = [:]
        // A comma behind the last one is forgiven.
        while !take("}") {
            let name = try string()
            guard take(":") else { throw problem("a colon is missing after \"\(name)\"") }
            guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                throw problem("\"\(name)\" is given twice")
            }
            try separator(before: "}")
        }
        return members
    }

    private mutating func elements(_ depth: Int) throws(Problem) -> [LocatedJSON] {
        var elements: [LocatedJSON] = []
        while !take("]") {
            elements.append(try value(depth: depth + 1))
            try separator(before: "]")
        }
        return elements
    }

    private mutating func separator(before end: Unicode.Scalar) throws(Problem) {
        if take(",") { return }
        skipSpace()
        guard next == UInt8(ascii: end) else {
            throw problem(next == nil ? "the file ends too early" : "a comma or \(end) is missing")
        }
    }

    private mutating func string() throws(Problem) -> String {
        guard take("\"") else { throw problem(next == nil ? "the file ends too early" : "a text in quotes is missing") }
        var text: [UInt8] = []
        while let byte = next, byte >= 0x20 {
            place += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            text.append(byte == UInt8(ascii: "\\") ? try escaped() : byte)
        }
        throw problem("a text has no end in its line")
    }

    /// What stands for itself after a backslash; nothing in a file of keys needs more.
    private mutating func escaped() throws(Problem) -> UInt8 {
        guard let byte = next, [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte) else {
            throw problem("only \\\", \\\\ and \\/ may follow a backslash here")
        }
        place += 1
        return byte
    }

    private mutating func word() throws(Problem) -> LocatedJSON.Value {
        let start = place
        while let byte = next, Self.isPartOfWord(byte) { place += 1 }
        let word = String(decoding: bytes[start..<place], as: UTF8.self)
        if let number = Int64(word) { return .number(number) }
        guard ["true", "false", "null"].contains(word) || Double(word)?.isFinite == true else {
            if word.isEmpty { throw problem(next == nil ? "the file ends too early" : "a value is missing") }
            throw problem("\(word) is no value")
        }
        return .other
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
