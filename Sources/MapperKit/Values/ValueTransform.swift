// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Turns a device's raw number into the property's value and back: `value = raw × scale + offset`.
///
/// Computed in decimal steps where the scale is a decimal number: 215 × 0.1 is 21.5, not 21.500000000000004.
public struct ValueTransform: Hashable, Sendable {
    /// What a raw number is multiplied by; never 0.
    public var scale: Double
    /// What is added after that.
    public var offset: Double

    /// Values as they come.
    public static let identity = ValueTransform()

    /// Creates a transform.
    /// - Precondition: `scale` is finite and not 0; a driver's configuration check refuses others before.
    public init(scale: Double = 1, offset: Double = 0) {
        precondition(scale.isFinite && scale != 0 && offset.isFinite, "a scale is a finite number other than 0")
        self.scale = scale
        self.offset = offset
    }

    /// Whether values pass unchanged.
    public var isIdentity: Bool { scale == 1 && offset == 0 }

    /// Gives the property's value for a device's raw value; only numbers change.
    public func value(ofRaw raw: PropertyValue) -> PropertyValue {
        guard !isIdentity, var number = raw.number else { return raw }
        if case .int(let whole) = raw, let exact = exactValue(ofRaw: whole) { return .int(exact) }
        // A float's shortest text, not its binary expansion, is the number its device means.
        if case .float = raw { number = Double(raw.text) ?? number }
        let product = DecimalFactor(scale).multiply(number)
        guard offset != 0 else { return .double(product) }
        return .double(DecimalFactor.round(product + offset, toDecimalsOf: [product, offset]))
    }

    /// Gives the raw value to write for a property's value; only numbers change.
    ///
    /// The result is a whole number if, and only if, that whole number gives the very value back. Others come as
    /// fractions, for the driver to judge.
    public func raw(of value: PropertyValue) -> PropertyValue {
        guard !isIdentity, value.number != nil, let number = Double(value.text) else { return value }
        if let exact = exactRaw(of: value) { return .int(exact) }
        let difference = DecimalFactor.round(number - offset, toDecimalsOf: [number, offset])
        let quotient = DecimalFactor(scale).divide(difference)
        if let whole = Int64(exactly: quotient.rounded()), self.value(ofRaw: .int(whole)).number == number {
            return .int(whole)
        }
        return .double(quotient)
    }

    /// Scale and offset as whole numbers, with which 64 bits stay exact where a double would round.
    private var wholeParts: (scale: Int64, offset: Int64)? {
        guard let scale = Int64(exactly: scale), let offset = Int64(exactly: offset) else { return nil }
        return (scale, offset)
    }

    private func exactValue(ofRaw raw: Int64) -> Int64? {
        guard let (scale, offset) = wholeParts else { return nil }
        let (product, isTooLarge) = raw.multipliedReportingOverflow(by: scale)
        let (sum, isTooFar) = product.addingReportingOverflow(offset)
        return isTooLarge || isTooFar ? nil : sum
    }

    private func exactRaw(of value: PropertyValue) -> Int64? {
        guard case .int(let number) = value, let (scale, offset) = wholeParts else { return nil }
        let (difference, isTooFar) = number.subtractingReportingOverflow(offset)
        guard !isTooFar, difference.isMultiple(of: scale) else { return nil }
        return difference / scale
    }
}

/// A number as a whole number over a power of ten, where its shortest decimal text allows.
private struct DecimalFactor {
    private let mantissa: Double
    private let divisor: Double

    init(_ value: Double) {
        let decimals = Self.decimals(of: value)
        let power = Self.powerOfTen(decimals)
        let scaled = (value * power).rounded()
        // Beyond this the parts would not be exact any more; the plain product is then the better one.
        let isExact = decimals <= 15 && abs(scaled) < 9e15
        mantissa = isExact ? scaled : value
        divisor = isExact ? power : 1
    }

    func multiply(_ number: Double) -> Double { number * mantissa / divisor }

    func divide(_ number: Double) -> Double { number * divisor / mantissa }

    /// Removes the binary noise that adding decimal fractions leaves behind.
    static func round(_ sum: Double, toDecimalsOf terms: [Double]) -> Double {
        let decimals = terms.map(decimals(of:)).max() ?? 0
        let power = powerOfTen(decimals)
        guard decimals <= 15, abs(sum * power) < 9e15 else { return sum }
        return (sum * power).rounded() / power
    }

    private static func decimals(of value: Double) -> Int {
        let text = PropertyValue.double(value).text
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        (0..<min(exponent, 300)).reduce(1.0) { power, _ in power * 10 }
    }
}
