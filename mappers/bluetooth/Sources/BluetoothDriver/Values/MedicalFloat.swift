// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a form of decimal numbers with a fraction: a whole number times a power of ten (IEEE 11073-20601).
struct MedicalFloat: Hashable, Sendable {
    /// Bluetooth's SFLOAT, in 16 bits.
    static let short = MedicalFloat(mantissaBits: 12, exponentBits: 4)
    /// Bluetooth's FLOAT, in 32 bits.
    static let long = MedicalFloat(mantissaBits: 24, exponentBits: 8)

    private let mantissaBits: Int
    private let exponentBits: Int

    /// The largest number that does not stand for something else: the outermost mantissas do.
    var greatest: Int64 { 1 << Int64(mantissaBits - 1) - 3 }

    /// The powers of ten it has.
    var exponents: ClosedRange<Int> { -(1 << (exponentBits - 1))...(1 << (exponentBits - 1)) - 1 }

    /// Reads a pattern of bits.
    /// - Throws: ``ValueError`` for the five patterns that are no numbers.
    func number(_ pattern: UInt64) throws(ValueError) -> DecimalNumber {
        let mantissa = BitRun(first: 0, count: mantissaBits).number(in: pattern, isSigned: true)
        let exponent = BitRun(first: mantissaBits, count: exponentBits).number(in: pattern, isSigned: true)
        if exponent == 0, let name = special(mantissa) {
            throw ValueError(.notANumber, "the device has no value: it says \(name)")
        }
        return DecimalNumber(mantissa, exponent: Int(exponent))
    }

    /// Makes the pattern of bits; `nil` for a number that the form does not have exactly.
    func pattern(_ number: DecimalNumber) -> UInt64? {
        // A large power of ten gives some of its zeros to the mantissa.
        let exponent = min(max(number.exponent, exponents.lowerBound), exponents.upperBound)
        guard let mantissa = number.steps(ofPower: exponent), mantissa.magnitude <= UInt64(greatest) else { return nil }
        let low = UInt64(bitPattern: mantissa) & (1 << UInt64(mantissaBits) - 1)
        let high = UInt64(bitPattern: Int64(exponent)) & (1 << UInt64(exponentBits) - 1)
        return high << UInt64(mantissaBits) | low
    }

    private func special(_ mantissa: Int64) -> String? {
        switch mantissa {
        case greatest + 2: "not a number"
        case greatest + 1: "infinity"
        case -greatest - 3: "not at this resolution"
        case -greatest - 2: "a reserved value"
        case -greatest - 1: "negative infinity"
        default: nil
        }
    }
}
