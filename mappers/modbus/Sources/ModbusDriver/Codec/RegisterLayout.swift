// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says where a value is and what its registers mean, with nothing left open.
struct RegisterLayout: Hashable, Sendable {
    /// Says what becomes of unsigned numbers above 2^63 - 1, which `PropertyValue.int` cannot hold.
    enum LargeNumbers: Hashable, Sendable {
        /// They are an error.
        case refused
        /// They become the nearest double.
        case rounded
        /// They become text.
        case digits
    }

    var table: RegisterTable
    var span: AddressSpan
    var form: ValueForm
    var order: ByteOrder
    var largeNumbers = LargeNumbers.refused
    /// Whether even one register or coil is written with the function for several.
    var writesList = false
    /// Whether bits of a register may be written with function 22.
    var allowsMaskWrite = true

    /// A value's place and form in people's words: `a uint16 register`, `2 float32 registers`.
    var place: String {
        if table.holdsBits { return span.count == 1 ? "a \(table.singular)" : "\(span.count) \(table.plural)" }
        let registers = "\(span.count) registers"
        switch form {
        case .text, .bytes: return span.count == 1 ? "1 register" : registers
        case .registerBit, .bitField: return "\(form) of \(span.count == 1 ? "a register" : registers)"
        case .byte(let byte, _): return "the \(byte.rawValue) byte of a register (\(form))"
        default: return span.count == 1 ? "\(form.article) \(form) register" : "\(span.count) \(form) registers"
        }
    }

    /// What reading it yields, for the checks that all drivers share.
    var rawForm: RawForm {
        let name = table.holdsBits ? "\(table.singular) bits" : form.description
        switch form {
        case .integer(let bits, let isSigned): return whole(BitField(first: 0, count: bits, isSigned: isSigned))
        case .byte, .bitField: return form.field.map(whole) ?? RawForm(.int, name: name)
        case .decimal: return RawForm(.int, range: Self.range(0, Self.power(10, 4 * span.count) - 1), name: name)
        case .packedBits: return RawForm(.int, range: Self.range(0, Int64.max >> Int64(63 - span.count)), name: name)
        case .float16: return real(Double(Float16.greatestFiniteMagnitude))
        case .float32: return real(Double(Float.greatestFiniteMagnitude))
        case .float64: return real(.greatestFiniteMagnitude)
        case .truth, .registerBit, .bit: return RawForm(.boolean, name: name)
        case .text: return RawForm(.string, name: name)
        case .bytes: return RawForm(.bytes, name: name)
        }
    }

    /// A number multiplied with itself; the caller keeps it within 64 bits.
    static func power(_ base: Int64, _ exponent: Int) -> Int64 {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }

    private static func range(_ low: Int64, _ high: Int64) -> ValueRange {
        ValueRange(minimum: .int(low), maximum: .int(high))
    }

    private func whole(_ field: BitField) -> RawForm {
        var range = Self.range(0, .max)
        if field.isSigned {
            let unused = Int64(64 - field.count)
            range = Self.range(Int64.min >> unused, Int64.max >> unused)
        } else if field.count == 64 {
            range.maximum = .double(Double(UInt64.max))
        } else {
            range.maximum = .int(Int64.max >> Int64(63 - field.count))
        }
        return RawForm(.int, range: range, signedBits: field.isSigned ? field.count : nil, name: form.description)
    }

    private func real(_ limit: Double) -> RawForm {
        let range = ValueRange(minimum: .double(-limit), maximum: .double(limit))
        return RawForm(.double, range: range, name: form.description)
    }
}
