// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Writes bytes as hexadecimal digits, and reads them.
enum HexText {
    /// The bytes of pairs of digits, in any case; `nil` for other text.
    static func octets(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, text.utf8.count == text.count, digits.count.isMultiple(of: 2) else {
            return nil
        }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Two digits a byte, in small letters.
    static func text(_ octets: some Sequence<UInt8>) -> String {
        octets.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }
}
