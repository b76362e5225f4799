// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a service, a characteristic or a descriptor.
///
/// All lengths are the same space: 16 and 32 bits stand for the Bluetooth base UUID with these bits in front
/// (Core Specification, Vol 3 Part B 2.5.1), and compare equal with their long form.
public struct BluetoothUUID: Hashable, Sendable {
    // Two halves: a whole one would have to lie at multiples of 16 bytes, which Swift 6.3 does not keep to everywhere in
    // the frames of asynchronous functions.
    private let high: UInt64
    private let low: UInt64

    private static let base: UInt128 = 0x0000_0000_0000_1000_8000_0080_5F9B_34FB

    /// Creates one of 128 bits, the most significant first in the text.
    public init(value: UInt128) {
        high = UInt64(truncatingIfNeeded: value >> 64)
        low = UInt64(truncatingIfNeeded: value)
    }

    /// Creates one that the Bluetooth SIG assigned.
    public init(_ short: UInt16) { self.init(value: Self.base | UInt128(short) << 96) }

    /// All 128 bits.
    public var value: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Reads 4, 8 or 32 hexadecimal digits, in any case, with or without dashes and a leading `0x`; `nil` for others.
    public init?(_ text: String) {
        let hexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        let digits = hexadecimal.filter { $0 != "-" }
        guard [4, 8, 32].contains(digits.count), digits.allSatisfy(\.isHexDigit),
            let number = UInt128(digits, radix: 16)
        else { return nil }
        self.init(value: digits.count == 32 ? number : Self.base | number << 96)
    }

    /// Reads 2, 4 or 16 bytes as they go over the air, the least significant first; `nil` for other lengths.
    public init?(littleEndian bytes: some Collection<UInt8>) {
        guard [2, 4, 16].contains(bytes.count) else { return nil }
        let number = bytes.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        self.init(value: bytes.count == 16 ? number : Self.base | number << 96)
    }

    /// The 16 bits of an assigned UUID; `nil` for others.
    public var short: UInt16? {
        guard value & ~(UInt128(0xFFFF) << 96) == Self.base else { return nil }
        return UInt16(truncatingIfNeeded: value >> 96)
    }

    /// The bytes as they go over the air: 2 where that is enough, else 16.
    public var littleEndianBytes: [UInt8] {
        if let short { return [UInt8(short & 0xFF), UInt8(short >> 8)] }
        return (0..<16).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}

extension BluetoothUUID: CustomStringConvertible {
    /// As people write it: `180f`, or `f000aa01-0451-4000-b000-000000000000`.
    public var description: String {
        if let short { return Self.hexadecimal(UInt128(short), digits: 4) }
        let digits = Array(Self.hexadecimal(value, digits: 32))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt128, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
