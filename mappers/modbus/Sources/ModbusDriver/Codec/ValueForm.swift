// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a run of registers, or of bits, means.
enum ValueForm: Hashable, Sendable, CustomStringConvertible {
    /// A whole number of 16, 32 or 64 bits.
    case integer(bits: Int, isSigned: Bool)
    /// A whole number in one byte of a register.
    case byte(RegisterByte, isSigned: Bool)
    /// A whole number in some bits of one, two or four registers.
    case bitField(first: Int, count: Int, isSigned: Bool)
    /// A number with a decimal digit in every four bits.
    case decimal
    case float16
    case float32
    case float64
    /// True when any register is not zero.
    case truth
    /// One bit of one, two or four registers.
    case registerBit(Int)
    case text(TextEncoding, TextPadding)
    case bytes
    /// A coil or discrete input.
    case bit
    /// Neighbouring coils or discrete inputs as a number, the first the least significant.
    case packedBits

    /// The name in complaints: `uint16`, `float32`.
    var description: String {
        switch self {
        case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
        case .byte(_, let isSigned): isSigned ? "int8" : "uint8"
        case .bitField(let first, 1, _): "bit \(first)"
        case .bitField(let first, let count, _): "bits \(first)…\(first + count - 1)"
        case .decimal: "bcd"
        case .float16: "float16"
        case .float32: "float32"
        case .float64: "float64"
        case .truth: "bool"
        case .registerBit(let bit): "bit \(bit)"
        case .text: "string"
        case .bytes: "bytes"
        case .bit: "bit"
        case .packedBits: "bits"
        }
    }

    /// What English puts before the name.
    var article: String {
        if case .integer(_, isSigned: true) = self { "an" } else { "a" }
    }

    /// The bits of a form that shares its registers with others, and whether they have a sign; `nil` for other forms.
    var field: BitField? {
        switch self {
        case .byte(let byte, let isSigned): BitField(first: byte == .high ? 8 : 0, count: 8, isSigned: isSigned)
        case .bitField(let first, let count, let isSigned): BitField(first: first, count: count, isSigned: isSigned)
        case .registerBit(let bit): BitField(first: bit, count: 1, isSigned: false)
        case .integer, .decimal, .float16, .float32, .float64, .truth, .text, .bytes, .bit, .packedBits: nil
        }
    }
}
