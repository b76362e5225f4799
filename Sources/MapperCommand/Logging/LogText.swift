// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit

/// Makes text fit for one line of a log or a terminal, whatever a device or a file put into it.
enum LogText {
    /// The text with line breaks and control characters spelt out.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case _ where isControl(scalar): escaped += "\\u" + hexadecimal(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text as the value of `key=value`: in quotes where it would not be seen where it ends.
    static func value(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        guard needsQuotes else { return escaped(text) }
        let inner = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped(inner))\""
    }

    /// A moment in UTC with milliseconds: `2026-11-24T10:00:00.000Z`.
    static func time(_ timestamp: Timestamp) -> String {
        // Seconds and milliseconds apart: a Date is a binary fraction and would lose the last digit now and then.
        let (seconds, rest) = timestamp.milliseconds.quotientAndRemainder(dividingBy: 1000)
        let whole = Date(timeIntervalSince1970: Double(rest < 0 ? seconds - 1 : seconds))
        let digits = String(rest < 0 ? rest + 1000 : rest)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return Date.ISO8601FormatStyle().format(whole).dropLast() + ".\(fraction)Z"
    }

    /// Whether a character could break a line or steer a terminal.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// The four digits behind `\u`.
    static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
