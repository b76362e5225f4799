// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Does a converter's arithmetic, forth and back.
struct ValueConverter: Hashable, Sendable {
    private let converter: DataConverter
    /// Whether the most significant bit of the bytes is a sign.
    private let isSigned: Bool
    private let steps: [ConverterStep]

    /// Creates one that cannot fail for other reasons than a device's bytes.
    init(_ converter: DataConverter, isSigned: Bool) throws(VisitorProblem) {
        self.converter = converter
        self.isSigned = isSigned
        try Self.check(converter)
        var steps: [ConverterStep] = []
        for (index, operation) in converter.operations.enumerated() {
            guard let step = ConverterStep(operation) else {
                let path = ["dataConverter", "orderOfOperations", "\(index)", "operationValue"]
                let name = operation.kind.rawValue
                var problem = VisitorProblem("dataConverter", "'operationValue' is 0, \(name) needs another number")
                problem.path = path
                throw problem
            }
            steps.append(step)
        }
        self.steps = steps
    }

    private static func check(_ converter: DataConverter) throws(VisitorProblem) {
        func problem(_ key: String, _ message: String) -> VisitorProblem {
            VisitorProblem("dataConverter", key, message: message)
        }
        let limit = CharacteristicFormat.longest - 1
        for (key, index) in [("startIndex", converter.startIndex), ("endIndex", converter.endIndex)] {
            guard (0...limit).contains(index) else {
                throw problem(key, "'\(key)' is \(index), allowed is 0…\(limit)")
            }
        }
        let count = abs(converter.endIndex - converter.startIndex) + 1
        guard count <= 8 else {
            throw problem("endIndex", "'startIndex' and 'endIndex' span \(count) bytes, allowed are 1…8")
        }
        for (key, shift) in [("shiftLeft", converter.shiftLeft), ("shiftRight", converter.shiftRight)] {
            guard (0...63).contains(shift) else { throw problem(key, "'\(key)' is \(shift), allowed is 0…63") }
        }
        guard converter.shiftLeft == 0 || converter.shiftRight == 0 else {
            throw problem("shiftRight", "'shiftLeft' and 'shiftRight' are both given: keep one of them")
        }
    }

    /// What reading yields, for the checks that all drivers share.
    var rawForm: RawForm {
        let bits = 8 * indexes.count
        let name = "bytes \(converter.startIndex)…\(converter.endIndex)"
        guard steps.isEmpty, converter.shiftLeft == 0, converter.shiftRight == 0 else {
            return RawForm(.double, name: name)
        }
        var raw = ValueForm.integer(bits: bits, isSigned: isSigned).rawForm(length: nil)
        raw.name = name
        return raw
    }

    /// Makes the raw number of a source's bytes.
    /// - Throws: ``DeviceError`` when there are too few, ``ValueError`` when a number becomes too large.
    func value(of octets: [UInt8]) throws -> PropertyValue {
        let number = try shifted(number(in: octets))
        var value = Int64(exactly: number).map { PropertyValue.int($0) } ?? .double(Double(number))
        for step in steps { value = try step.forth(value) }
        return value
    }

    /// Makes the bytes to write so that a reading gives the value back.
    /// - Parameter current: What the device holds now: bytes around and bits shifted out stay as they are. Empty where it
    ///   cannot be read; then only a converter that uses all bytes and bits can be undone.
    func octets(of value: PropertyValue, replacing current: [UInt8] = []) throws -> [UInt8] {
        guard let decimal = DecimalNumber(value) else {
            throw ValueError(.typeMismatch, "'\(value.text)' is no number, which is what 'dataConverter' writes")
        }
        var base = current
        if current.isEmpty, indexes.min() == 0, converter.shiftRight == 0 {
            base = Array(repeating: 0, count: indexes.count)
        }
        let kept = try number(in: base) & (Int128(1) << Int128(converter.shiftRight) - 1)
        let number = try unshifted(whole(decimal, value), value) | kept
        guard range.contains(number) else {
            throw ValueError(.outOfRange, "\(value.text) does not fit the \(indexes.count) bytes of 'dataConverter'")
        }
        for (position, index) in indexes.reversed().enumerated() {
            base[index] = UInt8(truncatingIfNeeded: number >> Int128(position * 8))
        }
        guard let readBack = DecimalNumber(try self.value(of: base)), readBack == decimal else {
            throw notRepresentable(value)
        }
        return base
    }

    // MARK: Bytes and numbers

    private var indexes: [Int] { converter.indexes }

    private var range: ClosedRange<Int128> {
        let bits = Int128(8 * indexes.count)
        return isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1
    }

    private func number(in octets: [UInt8]) throws(DeviceError) -> Int128 {
        let needed = (indexes.max() ?? 0) + 1
        guard octets.count >= needed else {
            let has = "the device gave \(octets.count) byte\(octets.count == 1 ? "" : "s")"
            throw DeviceError(.malformedResponse, "\(has), 'dataConverter' needs \(needed)")
        }
        let number = indexes.reduce(Int128(0)) { $0 << 8 | Int128(octets[$1]) }
        return number > range.upperBound ? number - 1 << Int128(8 * indexes.count) : number
    }

    private func shifted(_ number: Int128) -> Int128 {
        converter.shiftLeft > 0 ? number << Int128(converter.shiftLeft) : number >> Int128(converter.shiftRight)
    }

    private func unshifted(_ number: Int128, _ value: PropertyValue) throws(ValueError) -> Int128 {
        guard converter.shiftLeft > 0 else { return number << Int128(converter.shiftRight) }
        let unshifted = number >> Int128(converter.shiftLeft)
        guard unshifted << Int128(converter.shiftLeft) == number else { throw notRepresentable(value) }
        return unshifted
    }

    /// The whole number that the steps make a value of.
    private func whole(_ decimal: DecimalNumber, _ value: PropertyValue) throws(ValueError) -> Int128 {
        var result = decimal.steps(ofPower: 0).map { PropertyValue.int($0) } ?? .double(decimal.double)
        for step in steps.reversed() { result = try step.back(result) }
        if case .int(let number) = result { return Int128(number) }
        guard let number = result.number.flatMap({ Int128(exactly: $0.rounded()) }), number.magnitude < 1 << 64 else {
            throw notRepresentable(value)
        }
        return number
    }

    private func notRepresentable(_ value: PropertyValue) -> ValueError {
        ValueError(.notRepresentable, "\(value.text) falls between the numbers that 'dataConverter' gives")
    }
}
