// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ValueForm {
    /// What reading it yields, for the checks that all drivers share.
    /// - Parameter length: How many bytes there are, where that is known.
    func rawForm(length: Int?) -> RawForm {
        switch self {
        case .integer(let bits, let isSigned): whole(bits: bits, isSigned: isSigned)
        case .bitField(let run, let isSigned): whole(bits: run.count, isSigned: isSigned)
        case .anyInteger(let isSigned): whole(bits: 8 * (length ?? 8), isSigned: isSigned)
        case .anyNumber, .float64: RawForm(.double, name: description)
        case .float32: real(Double(Float.greatestFiniteMagnitude))
        case .sfloat: real(DecimalNumber(MedicalFloat.short.greatest, exponent: 7).double)
        case .float11073: real(DecimalNumber(MedicalFloat.long.greatest, exponent: 127).double)
        case .truth, .bit: RawForm(.boolean, name: description)
        case .text, .wideText, .hex: RawForm(.string, name: description)
        case .bytes: RawForm(.bytes, name: description)
        }
    }

    /// The whole numbers that so many bits hold.
    static func wholes(bits: Int, isSigned: Bool) -> ClosedRange<Int64> {
        let unused = Int64(64 - bits)
        return isSigned ? (.min >> unused)...(.max >> unused) : 0...(.max >> max(unused - 1, 0))
    }

    private func whole(bits: Int, isSigned: Bool) -> RawForm {
        let wholes = Self.wholes(bits: bits, isSigned: isSigned)
        var range = ValueRange(minimum: .int(wholes.lowerBound), maximum: .int(wholes.upperBound))
        if !isSigned, bits == 64 { range.maximum = .double(Double(UInt64.max)) }
        return RawForm(.int, range: range, signedBits: isSigned ? bits : nil, name: description)
    }

    private func real(_ limit: Double) -> RawForm {
        RawForm(.double, range: ValueRange(minimum: .double(-limit), maximum: .double(limit)), name: description)
    }
}
