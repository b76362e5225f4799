// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Measures requests on a serial line.
enum SerialFrame {
    /// The longest frame there is.
    static let longest = 256

    /// How long the request at the start of some bytes is, checksum included; `nil` when it is none or damaged.
    static func length(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4, let length = expectedLength(of: bytes), length <= bytes.count else { return nil }
        return isWhole(bytes.prefix(length)) ? length : nil
    }

    /// Whether some bytes are one frame, whatever its function: the last two are the checksum of the others.
    static func isWhole(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard (4...longest).contains(bytes.count) else { return false }
        let sum = checksum(of: bytes.dropLast(2))
        return bytes.suffix(2).elementsEqual([UInt8(sum & 0xFF), UInt8(sum >> 8)])
    }

    private static func expectedLength(of bytes: [UInt8]) -> Int? {
        switch bytes[1] {
        case 1...6, 8: 8
        case 15, 16: bytes.count > 6 ? 9 + Int(bytes[6]) : nil
        case 17: 4
        case 22: 10
        case 23: bytes.count > 10 ? 13 + Int(bytes[10]) : nil
        default: nil
        }
    }

    /// The CRC-16 of Modbus over serial line V1.02, 6.2.2.
    static func checksum(of bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.reduce(0xFFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xA001 : sum >> 1 }
        }
    }
}
