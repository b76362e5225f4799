// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// What to send so that the device holds a value; `nil` for a bit in a register, which its neighbours share.
    func write(of value: PropertyValue) throws(ValueError) -> ModbusRequest? {
        switch form {
        case .bit: return .writeCoils(first: span.first, [try truth(value)])
        case .packedBits: return .writeCoils(first: span.first, try bits(of: value))
        case .bytes where table.holdsBits:
            let bits = PackedBits.bits(in: try bytes(of: value, count: (span.count + 7) / 8))
            return .writeCoils(first: span.first, Array(bits.prefix(span.count)))
        case .registerBit: return nil
        default: return .writeRegisters(first: span.first, order.arrange(try registers(of: value)))
        }
    }

    /// The masks that set a bit of a register and leave the others; `nil` for other forms.
    func mask(of value: PropertyValue) throws(ValueError) -> (and: UInt16, or: UInt16)? {
        guard case .registerBit(let bit) = form else { return nil }
        let position = order.swapsBytes ? UInt16(bit + 8) % 16 : UInt16(bit)
        return (~(1 << position), try truth(value) ? 1 << position : 0)
    }

    /// The registers in the protocol's order.
    private func registers(of value: PropertyValue) throws(ValueError) -> [UInt16] {
        switch form {
        case .integer(let bits, let isSigned): return try integer(value, bits: bits, isSigned: isSigned)
        case .float32: return split(UInt64(try float(value).bitPattern), count: 2)
        case .float64: return split(try double(value).bitPattern, count: 4)
        case .text: return join(try text(value))
        case .bytes: return join(try bytes(of: value, count: span.count * 2))
        case .truth, .registerBit, .bit, .packedBits: return split(try truth(value) ? 1 : 0, count: span.count)
        }
    }

    private func integer(_ value: PropertyValue, bits: Int, isSigned: Bool) throws(ValueError) -> [UInt16] {
        let number = try whole(value)
        let range: ClosedRange<Int64> =
            switch (bits, isSigned) {
            case (64, true): .min ... .max
            case (64, false): 0 ... .max
            case (_, true): -(1 << Int64(bits - 1))...(1 << Int64(bits - 1)) - 1
            case (_, false): 0...(1 << Int64(bits)) - 1
            }
        guard range.contains(number) else {
            throw ValueError(
                .outOfRange,
                "\(number) does not fit \(place), which holds \(range.lowerBound)…\(range.upperBound)"
            )
        }
        return split(UInt64(bitPattern: number), count: span.count)
    }

    private func bits(of value: PropertyValue) throws(ValueError) -> [Bool] {
        let number = try whole(value)
        let highest = Int64.max >> Int64(63 - span.count)
        guard (0...highest).contains(number) else {
            throw ValueError(.outOfRange, "\(number) does not fit \(place), allowed is 0…\(highest)")
        }
        return (0..<span.count).map { number >> Int64($0) & 1 == 1 }
    }

    private func whole(_ value: PropertyValue) throws(ValueError) -> Int64 {
        switch value {
        case .int(let number): return number
        case .boolean(let value): return value ? 1 : 0
        case .string(let text):
            if let number = Int64(text) { return number }
            throw ValueError(.typeMismatch, "'\(text)' is no whole number, which is what \(place) holds")
        case .float, .double:
            guard let number = value.number, let whole = Int64(exactly: number) else {
                throw ValueError(.notRepresentable, "\(value.text) cannot be stored in \(place)")
            }
            return whole
        case .bytes: throw ValueError(.typeMismatch, "bytes cannot be stored in \(place)")
        }
    }

    private func float(_ value: PropertyValue) throws(ValueError) -> Float {
        if case .float(let number) = value, number.isFinite { return number }
        let number = try double(value)
        let nearest = Float(number)
        guard nearest.isFinite else { throw ValueError(.outOfRange, "\(value.text) does not fit \(place)") }
        // A fraction becomes the nearest the format has; a whole number has to arrive as it is, and nothing as zero.
        if Double(nearest) != number, number == number.rounded() || nearest == 0 {
            throw ValueError(.notRepresentable, "\(value.text) cannot be stored in \(place)")
        }
        return nearest
    }

    private func double(_ value: PropertyValue) throws(ValueError) -> Double {
        switch value {
        case .int(let whole):
            guard let number = Double(exactly: whole) else {
                throw ValueError(.notRepresentable, "\(whole) cannot be stored in \(place)")
            }
            return number
        case .float, .double, .string:
            // A float's shortest text is the number its sender meant.
            if let number = Double(value.text), number.isFinite { return number }
            throw ValueError(.typeMismatch, "'\(value.text)' is no number, which is what \(place) holds")
        case .boolean(let value): return value ? 1 : 0
        case .bytes: throw ValueError(.typeMismatch, "bytes cannot be stored in \(place)")
        }
    }

    private func truth(_ value: PropertyValue) throws(ValueError) -> Bool {
        switch value {
        case .boolean(let value): return value
        case .string(let text):
            if case .boolean(let value) = try PropertyValue(parsing: text, as: .boolean) { return value }
        case .int, .float, .double:
            if value.number == 0 { return false }
            if value.number == 1 { return true }
        case .bytes: break
        }
        throw ValueError(.notRepresentable, "\(value.text) cannot be stored in \(place), only 0 and 1 can")
    }

    private func text(_ value: PropertyValue) throws(ValueError) -> [UInt8] {
        let bytes = Array(value.text.utf8)
        guard bytes.count <= span.count * 2 else {
            throw ValueError(.outOfRange, "a text of \(bytes.count) bytes does not fit \(place)")
        }
        guard !bytes.contains(0), bytes.last != 0x20 else {
            throw ValueError(.notRepresentable, "text with NUL, or a space at its end, cannot be stored in \(place)")
        }
        return bytes + Array(repeating: 0, count: span.count * 2 - bytes.count)
    }

    private func bytes(of value: PropertyValue, count: Int) throws(ValueError) -> [UInt8] {
        guard case .bytes(let bytes) = value else {
            throw ValueError(.typeMismatch, "\(value.text) is no bytes, which is what \(place) hold")
        }
        guard bytes.count == count else {
            throw ValueError(.outOfRange, "\(bytes.count) bytes do not fill \(place), which take \(count)")
        }
        return bytes
    }

    private func split(_ pattern: UInt64, count: Int) -> [UInt16] {
        (0..<count).reversed().map { UInt16(truncatingIfNeeded: pattern >> UInt64($0 * 16)) }
    }

    private func join(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }
}
