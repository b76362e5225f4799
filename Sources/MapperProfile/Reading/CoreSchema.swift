// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decides what a scalar without quotes means, by the core schema of YAML 1.2.
enum CoreSchema {
    /// Words such as `yes` and `on` stay text; so do `.inf` and `.nan`, which no setting of a mapper can be.
    static func resolve(_ text: String) -> ConfigNode.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: return number(text) ?? .string(text)
        }
    }

    /// Reads whole numbers, also `0x1F` and `0o17`, and decimal numbers; `nil` for anything else.
    static func number(_ text: String) -> ConfigNode.Content? {
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return nil }
        if text.hasPrefix("0x") { return unsigned(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return unsigned(text.dropFirst(2), radix: 8) }
        guard isDecimal(text) else { return nil }
        if let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { return nil }
        return .double(value)
    }

    /// Digits alone: a sign behind `0x` makes a text of it.
    private static func unsigned(_ digits: Substring, radix: Int) -> ConfigNode.Content? {
        guard digits.first?.isHexDigit ?? false else { return nil }
        return Int64(digits, radix: radix).map { .int($0) }
    }

    /// Whether a text is digits with an optional sign, point and exponent.
    private static func isDecimal(_ text: String) -> Bool {
        var rest = Substring(text)
        func skipSign() { if let first = rest.first, first == "+" || first == "-" { rest.removeFirst() } }
        func skipDigits() -> Int {
            let digits = rest.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest.removeFirst(digits)
            return digits
        }
        skipSign()
        let whole = skipDigits()
        var fraction = 0
        if rest.first == "." {
            rest.removeFirst()
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { return false }
        guard let mark = rest.first else { return true }
        guard mark == "e" || mark == "E" else { return false }
        rest.removeFirst()
        skipSign()
        return skipDigits() > 0 && rest.isEmpty
    }
}
