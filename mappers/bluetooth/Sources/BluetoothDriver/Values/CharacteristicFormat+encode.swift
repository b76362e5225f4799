// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension CharacteristicFormat {
    /// Makes the bytes to write so that the device holds a value.
    /// - Parameter current: What it holds now, where ``needsCurrentOctets`` says so; else ignored.
    /// - Throws: ``ValueError`` for what the bytes cannot hold exactly, ``DeviceError`` when there are too few.
    func octets(of value: PropertyValue, replacing current: [UInt8] = []) throws -> [UInt8] {
        guard needsCurrentOctets else { return try octets(of: value, count: length) }
        let part = try part(of: current)
        var new: [UInt8]
        if let run = form.run {
            let pattern = try pattern(of: value, in: run)
            guard let changed = run.replacing(in: Array(part), by: pattern, order: order) else {
                throw tooShort(current.count, needed: start + (run.first + run.count + 7) / 8)
            }
            new = changed
        } else {
            // A truth value has at least one byte; without this check nothing would be written, as if it had been.
            if form == .truth, part.isEmpty { throw tooShort(current.count, needed: start + 1) }
            new = try octets(of: value, count: size ?? (form.isText ? nil : part.count))
        }
        // What has no length of its own ends where its source ends.
        if size == nil { return current[..<start] + new }
        new.insert(contentsOf: current[..<start], at: 0)
        return new + current[part.endIndex...]
    }

    private func octets(of value: PropertyValue, count: Int?) throws(ValueError) -> [UInt8] {
        switch form {
        case .text: return try filled(text(value), count)
        case .wideText: return try filled(text(value, isWide: true), count)
        case .bytes:
            guard case .bytes(let bytes) = value else { throw mismatch(value) }
            return try exactly(bytes, count)
        case .hex:
            guard let bytes = HexText.octets(value.text) else { throw mismatch(value) }
            return try exactly(bytes, count)
        case .truth: return split(try truth(value) ? 1 : 0, count ?? 1)
        default:
            let count = form.size ?? count ?? 0
            guard (1...8).contains(count) else {
                throw ValueError(
                    .notRepresentable,
                    "a number has 1…8 bytes and the device has \(count): say 'dataType'"
                )
            }
            return split(try pattern(of: value, count: count), count)
        }
    }

    // MARK: Numbers

    private func pattern(of value: PropertyValue, count: Int) throws(ValueError) -> UInt64 {
        switch form {
        case .float32: return UInt64(try single(value).bitPattern)
        case .float64: return try double(value).bitPattern
        case .sfloat: return try medical(value, .short)
        case .float11073: return try medical(value, .long)
        case .anyNumber where count == 4: return UInt64(try single(value).bitPattern)
        case .anyNumber where count == 8: return try double(value).bitPattern
        case .integer(let bits, let isSigned): return try whole(value, bits: bits, isSigned: isSigned)
        case .anyInteger(let isSigned), .anyNumber(let isSigned):
            return try whole(value, bits: count * 8, isSigned: isSigned)
        case .truth, .bit, .bitField, .text, .wideText, .bytes, .hex: throw mismatch(value)
        }
    }

    private func pattern(of value: PropertyValue, in run: BitRun) throws(ValueError) -> UInt64 {
        guard case .bitField(_, let isSigned) = form else { return try truth(value) ? 1 : 0 }
        return try whole(value, bits: run.count, isSigned: isSigned)
    }

    /// The lowest bits of a pattern as bytes.
    private func split(_ pattern: UInt64, _ count: Int) -> [UInt8] {
        let octets = (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: pattern >> UInt64($0 * 8)) : 0 }
        return order == .little ? octets : octets.reversed()
    }

    private func whole(_ value: PropertyValue, bits: Int, isSigned: Bool) throws(ValueError) -> UInt64 {
        if bits == 64, !isSigned, exponent == 0, let large = large(value) { return large }
        guard let number = DecimalNumber(value) else { throw mismatch(value) }
        let allowed = ValueForm.wholes(bits: bits, isSigned: isSigned)
        guard let steps = number.steps(ofPower: exponent) else {
            if number.exponent < exponent {
                let step = DecimalNumber(1, exponent: exponent).text
                throw ValueError(.notRepresentable, "\(value.text) is no multiple of \(step), in which \(form) counts")
            }
            throw outOfRange(value, allowed)
        }
        guard allowed.contains(steps) else { throw outOfRange(value, allowed) }
        return UInt64(bitPattern: steps) & (bits == 64 ? .max : 1 << UInt64(bits) - 1)
    }

    private func outOfRange(_ value: PropertyValue, _ allowed: ClosedRange<Int64>) -> ValueError {
        let (low, high) = (allowed.lowerBound, allowed.upperBound)
        let range =
            exponent == 0
            ? "\(low)…\(high)"
            : "\(DecimalNumber(low, exponent: exponent).text)…\(DecimalNumber(high, exponent: exponent).text)"
        return ValueError(.outOfRange, "\(value.text) does not fit \(form.withArticle), allowed is \(range)")
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

    private func medical(_ value: PropertyValue, _ form: MedicalFloat) throws(ValueError) -> UInt64 {
        guard let number = DecimalNumber(value) else { throw mismatch(value) }
        if let pattern = form.pattern(number) { return pattern }
        let message = "\(value.text) has more digits than \(self.form.withArticle) keeps"
        throw ValueError(.notRepresentable, "\(message): ±\(form.greatest) times a power of ten")
    }

    private func single(_ value: PropertyValue) throws(ValueError) -> Float {
        if case .float(let number) = value, number.isFinite { return number }
        let number = try double(value)
        let nearest = Float(number)
        guard nearest.isFinite else { throw ValueError(.outOfRange, "\(value.text) does not fit \(form.withArticle)") }
        // A fraction becomes the nearest there is; a whole number has to come back as it is, and nothing as zero.
        let comesBack = Double(nearest) == number || Double(nearest.description) == number
        if !comesBack, number == number.rounded() || nearest == 0 {
            throw ValueError(.notRepresentable, "\(value.text) cannot be stored in \(form.withArticle)")
        }
        return nearest
    }

    private func double(_ value: PropertyValue) throws(ValueError) -> Double {
        switch value {
        case .int(let whole):
            guard let number = Double(exactly: whole) else {
                throw ValueError(.notRepresentable, "\(whole) cannot be stored in \(form.withArticle)")
            }
            return number
        case .boolean(let isTrue): return isTrue ? 1 : 0
        case .float, .double, .string:
            // A float's shortest text is the number its sender meant.
            guard let number = Double(value.text), number.isFinite else { throw mismatch(value) }
            return number
        case .bytes: throw mismatch(value)
        }
    }

    // MARK: Others

    private func truth(_ value: PropertyValue) throws(ValueError) -> Bool {
        if case .boolean(let isTrue) = value { return isTrue }
        let text: PropertyValue? = try? PropertyValue(parsing: value.text, as: .boolean)
        guard case .boolean(let isTrue)? = text else {
            throw ValueError(
                .notRepresentable,
                "\(value.text) cannot be stored in \(form.withArticle), only 0 and 1 can"
            )
        }
        return isTrue
    }

    private func text(_ value: PropertyValue, isWide: Bool = false) throws(ValueError) -> [UInt8] {
        guard case .string(let text) = value.dataType == .bytes ? value : .string(value.text) else {
            throw mismatch(value)
        }
        guard !text.unicodeScalars.contains("\0") else {
            throw ValueError(.notRepresentable, "text with NUL cannot be stored in \(form.withArticle)")
        }
        return isWide ? text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } : Array(text.utf8)
    }

    /// Text fills the rest of its bytes with NUL.
    private func filled(_ octets: [UInt8], _ count: Int?) throws(ValueError) -> [UInt8] {
        let limit = count ?? Self.longest - start
        guard octets.count <= limit else {
            throw ValueError(.outOfRange, "a text of \(octets.count) bytes does not fit, allowed are \(limit)")
        }
        return octets + Array(repeating: 0, count: (count ?? octets.count) - octets.count)
    }

    private func exactly(_ octets: [UInt8], _ count: Int?) throws(ValueError) -> [UInt8] {
        let allowed = count.map { $0...$0 } ?? 0...(Self.longest - start)
        guard allowed.contains(octets.count) else {
            let needed = count.map { "\($0) are needed" } ?? "at most \(allowed.upperBound) are allowed"
            throw ValueError(.outOfRange, "\(octets.count) bytes cannot be stored, \(needed)")
        }
        return octets
    }

    private func mismatch(_ value: PropertyValue) -> ValueError {
        ValueError(.typeMismatch, "'\(value.text)' is not what \(form.withArticle) holds")
    }
}
