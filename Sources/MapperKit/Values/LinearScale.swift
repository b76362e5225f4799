// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the straight line from raw numbers to values, `raw × scale + offset` to some decimals, computed in decimal steps.
///
/// What depends on the line alone is worked out once, as a line is applied to many numbers.
struct LinearScale: Hashable, Sendable {
    let scale: Double
    let offset: Double
    let decimals: Int?
    private let factor: DecimalFactor
    private let offsetDecimals: Int
    private let wholes: Steps?
    private let steps: Steps?

    /// Counts scale and offset in steps of one over a power of ten.
    private struct Steps: Hashable, Sendable {
        var scale: Int64
        var offset: Int64
        var power: Double
    }

    init(scale: Double, offset: Double, decimals: Int?) {
        self.scale = scale
        self.offset = offset
        self.decimals = decimals
        factor = DecimalFactor(scale)
        offsetDecimals = DecimalFactor.decimals(of: offset)
        wholes = Self.wholes(scale, offset)
        steps = Self.steps(factor, DecimalFactor(offset))
    }

    /// Whether numbers pass unchanged.
    var isIdentity: Bool { scale == 1 && offset == 0 && decimals == nil }

    /// Gives the value for a raw number; what is no number passes unchanged.
    func value(ofRaw raw: PropertyValue) -> PropertyValue {
        guard !isIdentity else { return raw }
        switch raw {
        case .int(let whole):
            if let exact = wholeValue(of: whole) { return .int(exact) }
            return .double(rounded(steppedValue(of: whole) ?? value(of: Double(whole))))
        case .float(let number): return .double(rounded(value(of: number.decimal)))
        case .double(let number): return .double(rounded(value(of: number)))
        case .boolean, .string, .bytes: return raw
        }
    }

    /// Gives the raw number for a value; a whole number if, and only if, that whole number gives the very value back.
    func raw(of value: PropertyValue) -> PropertyValue {
        guard !isIdentity, value.number != nil, let number = Double(value.text) else { return value }
        if let exact = wholeRaw(of: value) { return .int(exact) }
        let decimals = max(DecimalFactor.decimals(of: number), offsetDecimals)
        let quotient = factor.divide(DecimalFactor.round(number - offset, toDecimals: decimals))
        if let whole = Int64(exactly: quotient.rounded()), self.value(ofRaw: .int(whole)).number == number {
            return .int(whole)
        }
        return .double(quotient)
    }

    /// Rounds to the line's decimals; where it has none the number stays.
    func rounded(_ number: Double) -> Double {
        // Adding zero makes a plain zero of a negative one.
        guard let decimals else { return number + 0 }
        return DecimalFactor.round(number, toDecimals: decimals) + 0
    }

    private func value(of number: Double) -> Double {
        let product = factor.multiply(number)
        guard offset != 0 else { return product }
        let decimals = max(DecimalFactor.decimals(of: product), offsetDecimals)
        return DecimalFactor.round(product + offset, toDecimals: decimals)
    }

    // MARK: Whole numbers

    /// With a whole scale and offset 64 bits stay exact where a double would round.
    private static func wholes(_ scale: Double, _ offset: Double) -> Steps? {
        guard let scale = Int64(exactly: scale), let offset = Int64(exactly: offset) else { return nil }
        return Steps(scale: scale, offset: offset, power: 1)
    }

    private static func steps(_ scale: DecimalFactor, _ offset: DecimalFactor) -> Steps? {
        guard scale.decimals != nil, offset.decimals != nil else { return nil }
        let power = max(scale.divisor, offset.divisor)
        guard let scale = Int64(exactly: scale.mantissa * (power / scale.divisor)),
            let offset = Int64(exactly: offset.mantissa * (power / offset.divisor)), abs(offset) < stepLimit
        else { return nil }
        return Steps(scale: scale, offset: offset, power: power)
    }

    /// Below this a count of steps is exact as a double, and so is the nearest double to the decimal number it means.
    private static let stepLimit: Int64 = 100_000_000_000_000

    private func steppedValue(of raw: Int64) -> Double? {
        guard let steps else { return nil }
        let (product, isTooLarge) = raw.multipliedReportingOverflow(by: steps.scale)
        guard !isTooLarge, product > -Self.stepLimit, product < Self.stepLimit else { return nil }
        return Double(product + steps.offset) / steps.power
    }

    private func wholeValue(of raw: Int64) -> Int64? {
        guard let wholes else { return nil }
        let (product, isTooLarge) = raw.multipliedReportingOverflow(by: wholes.scale)
        let (sum, isTooFar) = product.addingReportingOverflow(wholes.offset)
        return isTooLarge || isTooFar ? nil : sum
    }

    private func wholeRaw(of value: PropertyValue) -> Int64? {
        guard case .int(let number) = value, let wholes else { return nil }
        let (difference, isTooFar) = number.subtractingReportingOverflow(wholes.offset)
        guard !isTooFar, difference.isMultiple(of: wholes.scale) else { return nil }
        return difference.dividedReportingOverflow(by: wholes.scale).partialValue
    }
}
