// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the address of an adapter or a peripheral: six bytes, in the order people write them.
public struct BluetoothAddress: Hashable, Sendable {
    /// Says where an address comes from; a peripheral is only reached with the right one.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Assigned by the IEEE.
        case `public`
        /// Chosen by the device.
        case random

        /// The one that this is not.
        var other: Kind { self == .public ? .random : .public }
    }

    /// The bytes, the first written one first.
    public let bytes: [UInt8]

    /// Reads six pairs of hexadecimal digits, with `:` or `-` between them or nothing, in any case; `nil` for others.
    public init?(_ text: String) {
        let digits = text.filter { $0 != ":" && $0 != "-" }
        guard digits.count == 12, digits.allSatisfy(\.isHexDigit), [12, 17].contains(text.count),
            let number = UInt64(digits, radix: 16)
        else { return nil }
        bytes = (0..<6).map { UInt8(truncatingIfNeeded: number >> (40 - $0 * 8)) }
    }

    /// Reads six bytes as they go over the air, the last written one first; `nil` for other lengths.
    public init?(littleEndian bytes: some Collection<UInt8>) {
        guard bytes.count == 6 else { return nil }
        self.bytes = bytes.reversed()
    }

    /// The bytes as they go over the air and stand in the kernel's structures.
    public var littleEndianBytes: [UInt8] { bytes.reversed() }
}

extension BluetoothAddress: CustomStringConvertible {
    /// As people write it: `BC:6A:29:AE:CC:96`.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}
