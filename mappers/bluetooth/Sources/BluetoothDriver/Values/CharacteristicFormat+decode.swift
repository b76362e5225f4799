// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension CharacteristicFormat {
    /// Makes the raw value of a source's bytes.
    /// - Throws: ``DeviceError`` when there are too few, ``ValueError`` when they mean that there is no value, or none
    ///   that a property can have.
    func value(of octets: [UInt8]) throws -> PropertyValue {
        let part = try part(of: octets)
        switch form {
        case .text: return .string(try text(part))
        case .wideText: return .string(try wideText(part))
        case .bytes: return .bytes(Array(part))
        case .hex: return .string(HexText.text(part))
        case .truth:
            guard !part.isEmpty else { throw tooShort(octets.count, needed: start + 1) }
            return .boolean(part.contains { $0 != 0 })
        case .bit, .bitField: return try bits(of: part)
        default: return try number(of: part)
        }
    }

    private func bits(of part: ArraySlice<UInt8>) throws -> PropertyValue {
        guard let run = form.run, let pattern = run.pattern(in: part, order: order) else {
            throw tooShort(
                start + part.count,
                needed: start + ((form.run?.first ?? 0) + (form.run?.count ?? 0) + 7) / 8
            )
        }
        guard case .bitField(_, let isSigned) = form else { return .boolean(pattern != 0) }
        return try whole(pattern, bits: run.count, isSigned: isSigned)
    }

    // MARK: Numbers

    private func number(of part: ArraySlice<UInt8>) throws -> PropertyValue {
        guard !part.isEmpty else { throw tooShort(start, needed: start + 1) }
        guard part.count <= 8 else {
            throw DeviceError(
                .malformedResponse,
                "the device gave \(part.count) bytes, a number has 1…8: say 'dataType'"
            )
        }
        let pattern = pattern(of: part)
        switch form {
        case .float32: return try single(pattern)
        case .float64: return try double(pattern)
        case .sfloat: return .double(try MedicalFloat.short.number(pattern).double)
        case .float11073: return .double(try MedicalFloat.long.number(pattern).double)
        case .anyNumber where part.count == 4: return try single(pattern)
        case .anyNumber where part.count == 8: return try double(pattern)
        case .integer(let bits, let isSigned): return try whole(pattern, bits: bits, isSigned: isSigned)
        case .anyInteger(let isSigned), .anyNumber(let isSigned):
            return try whole(pattern, bits: part.count * 8, isSigned: isSigned)
        case .truth, .bit, .bitField, .text, .wideText, .bytes, .hex: return .boolean(pattern != 0)
        }
    }

    /// Up to eight bytes as one pattern of bits.
    private func pattern(of part: ArraySlice<UInt8>) -> UInt64 {
        order == .little
            ? part.reversed().reduce(0) { $0 << 8 | UInt64($1) } : part.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func whole(_ pattern: UInt64, bits: Int, isSigned: Bool) throws(ValueError) -> PropertyValue {
        if bits == 64, !isSigned, pattern > UInt64(Int64.max) { return try large(pattern) }
        let number = BitRun(first: 0, count: bits).number(in: pattern, isSigned: isSigned)
        guard exponent != 0 else { return .int(number) }
        let decimal = DecimalNumber(number, exponent: exponent)
        if exponent > 0, let whole = decimal.steps(ofPower: 0) { return .int(whole) }
        return .double(decimal.double)
    }

    private func large(_ pattern: UInt64) throws(ValueError) -> PropertyValue {
        if exponent != 0 { return .double(Double("\(pattern)e\(exponent)") ?? .infinity) }
        switch largeNumbers {
        case .rounded: return .double(Double(pattern))
        case .digits: return .string(String(pattern))
        case .refused:
            throw ValueError(.outOfRange, "\(pattern) is above \(Int64.max), the largest whole number there is")
        }
    }

    private func single(_ pattern: UInt64) throws(ValueError) -> PropertyValue {
        let number = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
        guard number.isFinite else { throw notANumber(number.description) }
        return .float(number)
    }

    private func double(_ pattern: UInt64) throws(ValueError) -> PropertyValue {
        let number = Double(bitPattern: pattern)
        guard number.isFinite else { throw notANumber(number.description) }
        return .double(number)
    }

    private func notANumber(_ name: String) -> ValueError {
        ValueError(.notANumber, "the device has no value: it holds \(name), which is no number")
    }

    // MARK: Text

    /// Ends at the first NUL.
    private func text(_ part: ArraySlice<UInt8>) throws(ValueError) -> String {
        guard let text = String(validating: part.prefix { $0 != 0 }, as: UTF8.self) else {
            throw ValueError(.typeMismatch, "the bytes \(HexText.text(part)) are no UTF-8 text")
        }
        return text
    }

    private func wideText(_ part: ArraySlice<UInt8>) throws(ValueError) -> String {
        let octets = Array(part)
        let units = stride(from: 0, to: octets.count - 1, by: 2).map {
            UInt16(octets[$0]) | UInt16(octets[$0 + 1]) << 8
        }
        guard octets.count.isMultiple(of: 2), let text = String(validating: units.prefix { $0 != 0 }, as: UTF16.self)
        else { throw ValueError(.typeMismatch, "the bytes \(HexText.text(part)) are no UTF-16 text") }
        return text
    }
}
