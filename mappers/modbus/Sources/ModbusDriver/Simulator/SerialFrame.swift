// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Measures requests on a serial line.
enum SerialFrame {
    /// The longest frame there is.
    static let longest = 256

    /// How long the request at the start of some bytes is, checksum included; `nil` when it is none or damaged.
    static func length(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 8 else { return nil }
        let length: Int
        switch bytes[1] {
        case 1...6: length = 8
        case 15, 16: length = 9 + Int(bytes[6])
        case 22: length = 10
        default: return nil
        }
        guard length <= bytes.count else { return nil }
        let checksum = UInt16(bytes[length - 2]) | UInt16(bytes[length - 1]) << 8
        return self.checksum(of: bytes.prefix(length - 2)) == checksum ? length : nil
    }

    /// The CRC-16 of Modbus over serial line V1.02, 6.2.2.
    static func checksum(of bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.reduce(0xFFFF) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xA001 : sum >> 1 }
        }
    }
}
