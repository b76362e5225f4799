// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension PropertyValue {
    /// The text a twin carries for this value.
    ///
    /// Numbers are written with the fewest digits that give the same number back, never with an exponent or a plus
    /// sign, which EdgeCore refuses or drops; bytes as base64url without padding, all of whose characters it takes.
    public var text: String {
        switch self {
        case .int(let value): String(value)
        case .float(let value): Self.plainDecimal(value.description)
        case .double(let value): Self.plainDecimal(value.description)
        case .boolean(let value): value ? "true" : "false"
        case .string(let value): value
        case .bytes(let value): Self.base64URL(value)
        }
    }

    /// Reads a desired value's text as the type that the device model gives the property.
    ///
    /// - Throws: ``ValueError`` that names the text and what is allowed.
    public init(parsing text: String, as type: DataType) throws(ValueError) {
        switch type {
        case .int:
            guard let value = Int64(text) else {
                throw ValueError(.typeMismatch, "'\(text)' is not a whole number within 64 bits")
            }
            self = .int(value)
        case .float:
            guard let value = Double(text), abs(value) <= Self.greatestFloat, Self.isDecimal(text) else {
                throw ValueError(.typeMismatch, "'\(text)' is not a number that fits a float")
            }
            self = .double(value)
        case .double:
            guard let value = Double(text), value.isFinite, Self.isDecimal(text) else {
                throw ValueError(.typeMismatch, "'\(text)' is not a number")
            }
            self = .double(value)
        case .boolean:
            switch text.lowercased() {
            case "true", "1": self = .boolean(true)
            case "false", "0": self = .boolean(false)
            default: throw ValueError(.typeMismatch, "'\(text)' is neither true nor false")
            }
        case .string: self = .string(text)
        case .bytes:
            guard let bytes = Self.decodeBase64(text) else {
                throw ValueError(.typeMismatch, "'\(text)' is not base64")
            }
            self = .bytes(bytes)
        }
    }

    /// Swift also reads `0x1p3`, `nan` and `infinity` as numbers; a twin's numbers are decimal.
    private static func isDecimal(_ text: String) -> Bool {
        text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    }

    /// Writes out the exponent of a number's shortest description.
    private static func plainDecimal(_ description: String) -> String {
        guard let exponentMark = description.firstIndex(of: "e") else {
            return description.hasSuffix(".0") ? String(description.dropLast(2)) : description
        }
        guard let exponent = Int(description[description.index(after: exponentMark)...]) else { return description }
        let isNegative = description.hasPrefix("-")
        let mantissa = description[..<exponentMark].drop { $0 == "-" }.split(separator: ".")
        let whole = String(mantissa.first ?? "0")
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let digits = whole + fraction
        let point = whole.count + exponent
        let sign = isNegative ? "-" : ""
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }

    private static func decodeBase64(_ text: String) -> [UInt8]? {
        var standard = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        while standard.hasSuffix("=") { standard.removeLast() }
        standard += String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: standard).map(Array.init)
    }
}
