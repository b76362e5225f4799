// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// What to send so that the device holds a value; `nil` for a value whose registers hold others too: see
    /// ``patch(of:)``.
    /// - Throws: ``ValueError`` for what the registers cannot hold exactly.
    func write(of value: PropertyValue) throws(ValueError) -> ModbusRequest? {
        if form.field != nil { return nil }
        return table.holdsBits
            ? .writeCoils(first: span.first, try bits(of: value), asList: writesList)
            : .writeRegisters(first: span.first, order.arrange(try registers(of: value)), asList: writesList)
    }

    /// The change that makes some bits of registers hold a value; `nil` for a value that has its registers for itself.
    /// - Throws: ``ValueError`` for what the bits cannot hold.
    func patch(of value: PropertyValue) throws(ValueError) -> RegisterPatch? {
        guard let field = form.field else { return nil }
        var number: Int64 = 0
        if case .registerBit = form {
            number = try truth(value) ? 1 : 0
        } else {
            number = Int64(bitPattern: try integer(value, bits: field.count, isSigned: field.isSigned))
        }
        let pattern = UInt64(bitPattern: number) << UInt64(field.first) & field.mask
        return RegisterPatch(
            span: span,
            kept: order.arrange(split(~field.mask)),
            set: order.arrange(split(pattern)),
            allowsMaskWrite: allowsMaskWrite && span.count == 1,
            writesList: writesList
        )
    }

    private func bits(of value: PropertyValue) throws(ValueError) -> [Bool] {
        switch form {
        case .bit: return [try truth(value)]
        case .bytes:
            let bits = PackedBits.bits(in: try bytes(of: value, count: (span.count + 7) / 8))
            return Array(bits.prefix(span.count))
        default:
            let number = try whole(value)
            let highest = Int64.max >> Int64(63 - span.count)
            guard (0...highest).contains(number) else {
                throw ValueError(.outOfRange, "\(number) does not fit \(place), allowed is 0…\(highest)")
            }
            return (0..<span.count).map { number >> Int64($0) & 1 == 1 }
        }
    }

    /// The registers in the protocol's order.
    private func registers(of value: PropertyValue) throws(ValueError) -> [UInt16] {
        switch form {
        case .integer(let bits, let isSigned): return split(try integer(value, bits: bits, isSigned: isSigned))
        case .decimal: return split(try decimal(value))
        case .float16: return [try half(value).bitPattern]
        case .float32: return split(UInt64(try float(value).bitPattern))
        case .float64: return split(try double(value).bitPattern)
        case .text(let encoding, let padding): return try text(value.text, encoding, padding)
        case .bytes: return join(try bytes(of: value, count: span.count * 2))
        case .truth, .byte, .bitField, .registerBit, .bit, .packedBits: return split(try truth(value) ? 1 : 0)
        }
    }

    // MARK: Whole numbers

    /// A whole number as a pattern of bits.
    private func integer(_ value: PropertyValue, bits: Int, isSigned: Bool) throws(ValueError) -> UInt64 {
        if !isSigned, bits == 64, let large = large(value) { return large }
        let number = try whole(value)
        let unused = Int64(64 - bits)
        let range = isSigned ? (Int64.min >> unused)...(Int64.max >> unused) : 0...(Int64.max >> max(unused - 1, 0))
        guard range.contains(number) else { throw outOfRange(number, "\(range.lowerBound)…\(range.upperBound)") }
        return UInt64(bitPattern: number)
    }

    /// A number that only an unsigned one of 64 bits can hold; `nil` for others.
    private func large(_ value: PropertyValue) -> UInt64? {
        let number: UInt64? =
            switch value {
            case .float(let number): UInt64(exactly: number)
            case .double(let number): UInt64(exactly: number)
            case .string(let text): UInt64(text)
            case .int, .boolean, .bytes: nil
            }
        return number.flatMap { $0 > UInt64(Int64.max) ? $0 : nil }
    }

    private func decimal(_ value: PropertyValue) throws(ValueError) -> UInt64 {
        var rest = try whole(value)
        let highest = Self.power(10, span.count * 4) - 1
        guard (0...highest).contains(rest) else { throw outOfRange(rest, "0…\(highest)") }
        var pattern: UInt64 = 0
        for position in 0..<span.count * 4 {
            pattern |= UInt64(rest % 10) << UInt64(position * 4)
            rest /= 10
        }
        return pattern
    }

    private func outOfRange(_ number: Int64, _ range: String) -> ValueError {
        ValueError(.outOfRange, "\(number) does not fit \(place), which \(span.count == 1 ? "holds" : "hold") \(range)")
    }

    private func whole(_ value: PropertyValue) throws(ValueError) -> Int64 {
        switch value {
        case .int(let number): return number
        case .boolean(let value): return value ? 1 : 0
        case .string(let text):
            if let number = Int64(text) { return number }
            throw ValueError(.typeMismatch, "'\(text)' is no whole number, which is what \(place) holds")
        case .float, .double:
            guard let number = value.number, let whole = Int64(exactly: number) else { throw notRepresentable(value) }
            return whole
        case .bytes: throw ValueError(.typeMismatch, "bytes cannot be stored in \(place)")
        }
    }

    // MARK: Fractions

    private func half(_ value: PropertyValue) throws(ValueError) -> Float16 {
        let number = try double(value)
        let nearest = Float16(number)
        let readBack = nearest.isFinite ? Double(nearest.description) : nil
        try check(number, stored: Double(nearest), readBack: readBack ?? Double(nearest), as: value)
        return nearest
    }

    private func float(_ value: PropertyValue) throws(ValueError) -> Float {
        if case .float(let number) = value, number.isFinite { return number }
        let number = try double(value)
        let nearest = Float(number)
        let readBack = nearest.isFinite ? Double(nearest.description) : nil
        try check(number, stored: Double(nearest), readBack: readBack ?? Double(nearest), as: value)
        return nearest
    }

    /// A fraction becomes the nearest the format has; a whole number has to come back as it is, and nothing as zero.
    private func check(
        _ number: Double,
        stored: Double,
        readBack: Double,
        as value: PropertyValue
    ) throws(ValueError) {
        guard stored.isFinite else { throw ValueError(.outOfRange, "\(value.text) does not fit \(place)") }
        guard stored != number, readBack != number else { return }
        if number == number.rounded() || stored == 0 { throw notRepresentable(value) }
    }

    private func double(_ value: PropertyValue) throws(ValueError) -> Double {
        switch value {
        case .int(let whole):
            guard let number = Double(exactly: whole) else { throw notRepresentable(value) }
            return number
        case .float, .double, .string:
            // A float's shortest text is the number its sender meant.
            if let number = Double(value.text), number.isFinite { return number }
            throw ValueError(.typeMismatch, "'\(value.text)' is no number, which is what \(place) holds")
        case .boolean(let value): return value ? 1 : 0
        case .bytes: throw ValueError(.typeMismatch, "bytes cannot be stored in \(place)")
        }
    }

    // MARK: Others

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

    private func bytes(of value: PropertyValue, count: Int) throws(ValueError) -> [UInt8] {
        guard case .bytes(let bytes) = value else {
            throw ValueError(.typeMismatch, "\(value.text) is no bytes, which is what \(place) hold")
        }
        guard bytes.count == count else {
            throw ValueError(.outOfRange, "\(bytes.count) bytes do not fill \(place), which take \(count)")
        }
        return bytes
    }

    private func notRepresentable(_ value: PropertyValue) -> ValueError {
        ValueError(.notRepresentable, "\(value.text) cannot be stored in \(place)")
    }

    /// The lowest bits of a pattern as the layout's registers.
    private func split(_ pattern: UInt64) -> [UInt16] {
        (0..<span.count).reversed().map { UInt16(truncatingIfNeeded: pattern >> UInt64($0 * 16)) }
    }
}
