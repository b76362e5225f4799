// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Why Go's decoder refuses a text, in the words in which EdgeCore passes it on.
struct GoJSONError: Error, Hashable, Sendable {
    /// The error as Go's `%#v` prints it.
    let goText: String

    /// A text that is no JSON.
    static func syntax(_ message: String, offset: Int) -> GoJSONError {
        GoJSONError(goText: "&json.SyntaxError{msg:\(quote(message)), Offset:\(offset)}")
    }

    /// A value of another type than the field's.
    ///
    /// Go prints an address for the type, which is another one in every build: here it is 0.
    static func type(_ found: String, offset: Int, structName: String, field: String) -> GoJSONError {
        GoJSONError(
            goText: "&json.UnmarshalTypeError{Value:\(quote(found)), Type:(*reflect.rtype)(0x0), Offset:\(offset), "
                + "Struct:\(quote(structName)), Field:\(quote(field))}"
        )
    }

    /// A character in single quotes, as Go's scanner names the one it did not expect.
    static func quote(character byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): "'\\''"
        case UInt8(ascii: "\""): "'\"'"
        default: "'" + escape(Unicode.Scalar(byte)) + "'"
        }
    }

    private static func quote(_ text: String) -> String {
        "\"" + text.unicodeScalars.map { $0 == "\"" ? "\\\"" : escape($0) }.joined() + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\\": "\\\\"
        case "\u{07}": "\\a"
        case "\u{08}": "\\b"
        case "\u{0C}": "\\f"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0B}": "\\v"
        case "\u{0}"..<"\u{20}", "\u{7F}": "\\x" + padded(scalar, to: 2)
        case "\u{80}"..<"\u{A1}", "\u{AD}": "\\u" + padded(scalar, to: 4)
        default: String(scalar)
        }
    }

    private static func padded(_ scalar: Unicode.Scalar, to length: Int) -> String {
        let digits = String(scalar.value, radix: 16)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
