// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// Makes the raw value of a block's registers or bits.
    /// - Parameters:
    ///   - answer: What was read.
    ///   - block: Where it was read; the layout lies inside.
    func value(in answer: ModbusAnswer, of block: AddressSpan) throws -> PropertyValue {
        let range = (span.first - block.first)..<(span.end - block.first)
        switch answer {
        case .bits(let bits) where range.upperBound <= bits.count: return value(of: bits[range])
        case .registers(let registers) where range.upperBound <= registers.count:
            return try value(of: registers, range)
        default: throw DeviceError(.malformedResponse, "the answer does not reach \(table.plural) \(span)")
        }
    }

    private func value(of bits: ArraySlice<Bool>) -> PropertyValue {
        switch form {
        case .bit: .boolean(bits.first ?? false)
        case .bytes: .bytes(PackedBits.bytes(of: Array(bits)))
        default: .int(bits.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        }
    }

    private func value(of registers: [UInt16], _ range: Range<Int>) throws(ValueError) -> PropertyValue {
        switch form {
        case .text(let encoding, _): return .string(try text(words(registers, range), encoding))
        case .bytes: return .bytes(words(registers, range).flatMap(\.bigEndianBytes))
        default: return try value(of: pattern(registers, range))
        }
    }

    private func value(of pattern: UInt64) throws(ValueError) -> PropertyValue {
        switch form {
        case .integer(64, isSigned: false) where pattern > UInt64(Int64.max): return try large(pattern)
        case .integer(let bits, let isSigned):
            return .int(BitField(first: 0, count: bits, isSigned: isSigned).number(in: pattern))
        case .byte(let byte, let isSigned):
            return .int(BitField(first: byte == .high ? 8 : 0, count: 8, isSigned: isSigned).number(in: pattern))
        case .bitField(let first, let count, let isSigned):
            return .int(BitField(first: first, count: count, isSigned: isSigned).number(in: pattern))
        case .decimal: return .int(try decimal(pattern))
        case .float16: return try real(Float16(bitPattern: UInt16(truncatingIfNeeded: pattern)))
        case .float32:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
            guard value.isFinite else { throw notANumber(value.description) }
            return .float(value)
        case .float64:
            let value = Double(bitPattern: pattern)
            guard value.isFinite else { throw notANumber(value.description) }
            return .double(value)
        case .registerBit(let bit): return .boolean(pattern >> UInt64(bit) & 1 == 1)
        case .truth, .bit, .packedBits, .text, .bytes: return .boolean(pattern != 0)
        }
    }

    // MARK: Registers in order

    /// Up to four registers as one pattern of bits, the value's most significant first.
    private func pattern(_ registers: [UInt16], _ range: Range<Int>) -> UInt64 {
        var pattern: UInt64 = 0
        if order.swapsRegisters {
            for index in range.reversed() { pattern = pattern << 16 | UInt64(word(registers[index])) }
        } else {
            for index in range { pattern = pattern << 16 | UInt64(word(registers[index])) }
        }
        return pattern
    }

    private func words(_ registers: [UInt16], _ range: Range<Int>) -> [UInt16] {
        order.arrange(Array(registers[range]))
    }

    private func word(_ register: UInt16) -> UInt16 { order.swapsBytes ? register.byteSwapped : register }

    // MARK: Numbers

    private func large(_ pattern: UInt64) throws(ValueError) -> PropertyValue {
        switch largeNumbers {
        case .rounded: return .double(Double(pattern))
        case .digits: return .string(String(pattern))
        case .refused:
            throw ValueError(
                .outOfRange,
                "\(pattern) in \(place) is above \(Int64.max), the largest whole number there is"
            )
        }
    }

    private func decimal(_ pattern: UInt64) throws(ValueError) -> Int64 {
        var number: Int64 = 0
        for position in (0..<span.count * 4).reversed() {
            let digit = Int64(pattern >> UInt64(position * 4) & 0xF)
            guard digit < 10 else {
                let text = String(pattern, radix: 16, uppercase: true)
                let padding = String(repeating: "0", count: max(0, span.count * 4 - text.count))
                throw ValueError(.typeMismatch, "\(table.plural) \(span) hold \(padding)\(text), which are no digits")
            }
            number = number * 10 + digit
        }
        return number
    }

    /// A number of half precision as the shortest decimal number that means it.
    private func real(_ value: Float16) throws(ValueError) -> PropertyValue {
        guard value.isFinite else { throw notANumber(value.description) }
        return .double(Double(value.description) ?? Double(value))
    }

    private func notANumber(_ value: String) -> ValueError {
        ValueError(.notANumber, "\(table.plural) \(span) hold \(value), which is no number")
    }

    // MARK: Text

    /// Ends at the first NUL, and loses spaces at its end.
    private func text(_ words: [UInt16], _ encoding: TextEncoding) throws(ValueError) -> String {
        if encoding == .utf16 { return try valid(String(validating: content(words), as: UTF16.self), encoding) }
        let bytes = content(words.flatMap(\.bigEndianBytes))
        switch encoding {
        case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .ascii: return try valid(String(validating: bytes, as: Unicode.ASCII.self), encoding)
        case .utf8, .utf16: return try valid(String(validating: bytes, as: UTF8.self), encoding)
        }
    }

    private func content<Unit: FixedWidthInteger>(_ units: [Unit]) -> ArraySlice<Unit> {
        var content = units.prefix { $0 != 0 }
        while content.last == 0x20 { content.removeLast() }
        return content
    }

    private func valid(_ text: String?, _ encoding: TextEncoding) throws(ValueError) -> String {
        if let text { return text }
        throw ValueError(.typeMismatch, "\(table.plural) \(span) hold no \(encoding.name) text")
    }
}
