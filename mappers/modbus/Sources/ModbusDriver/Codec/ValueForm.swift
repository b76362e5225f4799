// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a run of registers, or of bits, means.
enum ValueForm: Hashable, Sendable, CustomStringConvertible {
    /// A whole number of 16, 32 or 64 bits.
    case integer(bits: Int, isSigned: Bool)
    case float32
    case float64
    /// True when any register is not zero.
    case truth
    /// One bit of a register.
    case registerBit(Int)
    /// UTF-8, filled up with NUL or spaces.
    case text
    case bytes
    /// A coil or discrete input.
    case bit
    /// Neighbouring coils or discrete inputs as a number, the first the least significant.
    case packedBits

    /// The name in complaints: `uint16`, `float32`.
    var description: String {
        switch self {
        case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
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
}
