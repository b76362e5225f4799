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
        case .bits(let bits) where range.upperBound <= bits.count: return value(of: Array(bits[range]))
        case .registers(let registers) where range.upperBound <= registers.count:
            return try value(of: Array(registers[range]))
        default: throw DeviceError(.malformedResponse, "the answer does not reach \(table.plural) \(span)")
        }
    }

    private func value(of bits: [Bool]) -> PropertyValue {
        switch form {
        case .bit: .boolean(bits.first ?? false)
        case .bytes: .bytes(PackedBits.bytes(of: bits))
        default: .int(bits.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        }
    }

    private func value(of registers: [UInt16]) throws(ValueError) -> PropertyValue {
        let ordered = order.arrange(registers)
        switch form {
        case .integer(let bits, let isSigned): return .int(try integer(ordered, bits: bits, isSigned: isSigned))
        case .float32:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: pattern(ordered)))
            guard value.isFinite else { throw notANumber(value.description) }
            return .float(value)
        case .float64:
            let value = Double(bitPattern: pattern(ordered))
            guard value.isFinite else { throw notANumber(value.description) }
            return .double(value)
        case .truth, .bit, .packedBits: return .boolean(ordered.contains { $0 != 0 })
        case .registerBit(let bit): return .boolean((ordered.first ?? 0) >> UInt16(bit) & 1 == 1)
        case .text: return .string(try text(ordered.flatMap(\.bigEndianBytes)))
        case .bytes: return .bytes(ordered.flatMap(\.bigEndianBytes))
        }
    }

    private func pattern(_ registers: [UInt16]) -> UInt64 { registers.reduce(0) { $0 << 16 | UInt64($1) } }

    private func integer(_ registers: [UInt16], bits: Int, isSigned: Bool) throws(ValueError) -> Int64 {
        let pattern = pattern(registers)
        if isSigned {
            let unused = Int64(64 - bits)
            return (Int64(bitPattern: pattern) << unused) >> unused
        }
        guard let value = Int64(exactly: pattern) else {
            throw ValueError(
                .outOfRange,
                "\(pattern) in \(place) is above \(Int64.max), the largest whole number there is"
            )
        }
        return value
    }

    private func text(_ bytes: [UInt8]) throws(ValueError) -> String {
        let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
        var content = bytes[..<end]
        while content.last == 0x20 { content.removeLast() }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw ValueError(.typeMismatch, "\(table.plural) \(span) hold no UTF-8 text")
        }
        return text
    }

    private func notANumber(_ value: String) -> ValueError {
        ValueError(.notANumber, "\(table.plural) \(span) hold \(value), which is no number")
    }
}
