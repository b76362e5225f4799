// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a characteristic says about its own value: the descriptor 0x2904 (Core Specification, Vol 3 Part G 3.3.3.5).
struct PresentationFormat: Hashable, Sendable {
    /// The form's number (Assigned Numbers, 2.4.1).
    let format: UInt8
    /// The power of ten that whole numbers are counted in.
    let exponent: Int
    /// The unit's number: 0x272F is degree Celsius.
    let unit: UInt16

    /// Reads a descriptor's value; `nil` for one that has not its 7 bytes.
    init?(_ octets: [UInt8]) {
        guard octets.count == 7 else { return nil }
        format = octets[0]
        exponent = Int(Int8(bitPattern: octets[1]))
        unit = UInt16(octets[2]) | UInt16(octets[3]) << 8
    }

    /// What the bytes mean; `nil` for structures, pairs, and numbers of 128 bits, which no property has.
    var form: ValueForm? {
        let bits = [0x02: 2, 0x03: 4, 0x04: 8, 0x05: 12, 0x06: 16, 0x07: 24, 0x08: 32, 0x09: 48, 0x0A: 64]
        let signedBits = [0x0C: 8, 0x0D: 12, 0x0E: 16, 0x0F: 24, 0x10: 32, 0x11: 48, 0x12: 64]
        switch format {
        case 0x01: return .truth
        case 0x14: return .float32
        case 0x15: return .float64
        case 0x16: return .sfloat
        case 0x17: return .float11073
        case 0x19: return .text
        case 0x1A: return .wideText
        default:
            if let bits = bits[Int(format)] { return .integer(bits: bits, isSigned: false) }
            return signedBits[Int(format)].map { .integer(bits: $0, isSigned: true) }
        }
    }
}
