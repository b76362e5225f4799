// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the key that a beacon's owner shares with it: 16 bytes that must not come into any log.
struct BindKey: Hashable, Sendable {
    /// The bytes, the first written one first.
    let bytes: [UInt8]

    /// One that opens nothing.
    static let zero = BindKey()

    private init() { bytes = Array(repeating: 0, count: 16) }

    /// Takes 16 bytes; `nil` for other lengths.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads 32 hexadecimal digits in any case, with or without dashes; `nil` for others.
    init?(_ text: String) {
        let digits = text.filter { $0 != "-" }
        guard digits.count == 32, digits.allSatisfy(\.isHexDigit), let number = UInt128(digits, radix: 16)
        else { return nil }
        bytes = (0..<16).map { UInt8(truncatingIfNeeded: number >> (120 - $0 * 8)) }
    }
}

extension BindKey: CustomStringConvertible, CustomReflectable {
    /// Says that there is a key, not which.
    var description: String { "a bind key" }

    /// Keeps the bytes out of `dump` and of the texts of values that hold a key.
    var customMirror: Mirror { Mirror(self, children: []) }
}
