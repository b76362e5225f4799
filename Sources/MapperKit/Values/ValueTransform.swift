// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Turns a device's raw value into the property's value and back: the one implementation for all drivers.
///
/// A raw number becomes `raw × scale + offset`, rounded to `decimals`; or the text that an enumeration gives it; or
/// nothing, where it is a marker for that. Computed in decimal steps where the scale is a decimal number: 215 × 0.1 is
/// 21.5, not 21.500000000000004. Writing is the exact inverse, and refuses what would not come back as it was.
///
/// What depends on the settings alone is worked out when a transform is made: a driver keeps it, and does not make one
/// for each value.
public struct ValueTransform: Hashable, Sendable {
    /// Values as they come.
    public static let identity = ValueTransform()

    /// The raw numbers that mean that there is no value.
    public let noValue: NoValue
    /// The texts of raw whole numbers; scale, offset and decimals have no say then.
    public let enumeration: ValueEnumeration?
    private let line: LinearScale

    /// Creates a transform.
    ///
    /// - Parameters:
    ///   - scale: What a raw number is multiplied by.
    ///   - offset: What is added after that.
    ///   - decimals: To how many decimals the result is rounded; `nil` leaves it.
    ///   - noValue: The raw numbers that mean that there is no value.
    ///   - enumeration: The texts of raw whole numbers.
    /// - Precondition: `scale` is finite and not 0; a driver's configuration check refuses others before.
    public init(
        scale: Double = 1,
        offset: Double = 0,
        decimals: Int? = nil,
        noValue: NoValue = .none,
        enumeration: ValueEnumeration? = nil
    ) {
        precondition(scale.isFinite && scale != 0 && offset.isFinite, "a scale is a finite number other than 0")
        line = LinearScale(scale: scale, offset: offset, decimals: decimals)
        self.noValue = noValue
        self.enumeration = enumeration
    }

    /// What a raw number is multiplied by; never 0.
    public var scale: Double { line.scale }

    /// What is added after that.
    public var offset: Double { line.offset }

    /// To how many decimals the result is rounded; `nil` for as many as it has.
    public var decimals: Int? { line.decimals }

    /// Whether values pass unchanged.
    public var isIdentity: Bool { line.isIdentity && enumeration == nil && noValue.markers.isEmpty }

    /// Gives the property's value for a device's raw value; text and bytes do not change.
    ///
    /// A raw number that an enumeration does not know becomes its own digits where the property is text, so that a
    /// state newer than the configuration is seen and not mistaken for the last one; other types refuse it.
    /// - Parameters:
    ///   - raw: What the device holds.
    ///   - type: The type to give it in; `nil` for the one it comes in.
    /// - Throws: ``ValueError``: of code `notANumber` when the device says that it has no value, others when the value
    ///   has no form in the type.
    public func value(ofRaw raw: PropertyValue, as type: DataType? = nil) throws(ValueError) -> PropertyValue {
        if noValue.contains(raw) {
            throw ValueError(.notANumber, "the device has no value: it holds \(raw.text), which stands for that")
        }
        if let enumeration, let number = raw.wholeNumber {
            return try named(number, in: enumeration, as: type)
        }
        if let number = raw.number, !number.isFinite {
            throw ValueError(.notANumber, "the device has no value: it holds \(number), which is no number")
        }
        let value = line.value(ofRaw: raw)
        if let number = value.number, !number.isFinite {
            throw ValueError(.outOfRange, "\(raw.text) × \(scale) is too large for a number")
        }
        guard let type else { return value }
        return try value.converted(to: type)
    }

    /// Gives the raw value to write for a property's value; text and bytes do not change.
    ///
    /// The result is a whole number if, and only if, that whole number gives the very value back. Others come as
    /// fractions, for the driver to judge.
    /// - Throws: ``ValueError`` for what would not come back: a text that the enumeration does not know, more decimals
    ///   than are kept, a value whose raw number stands for "no value".
    public func raw(of value: PropertyValue) throws(ValueError) -> PropertyValue {
        if let number = value.number, !number.isFinite {
            throw ValueError(.notANumber, "\(number) is no number that can be written")
        }
        let raw = try writable(value)
        if noValue.contains(raw) {
            throw ValueError(.notRepresentable, "\(value.text) would be written as \(raw.text), which means 'no value'")
        }
        return raw
    }

    private func writable(_ value: PropertyValue) throws(ValueError) -> PropertyValue {
        if let enumeration { return .int(try enumeration.raw(of: value.text)) }
        if let decimals, let number = value.exactNumber, line.rounded(number) != number {
            let allowed = decimals == 1 ? "1 decimal" : "\(decimals) decimals"
            throw ValueError(.notRepresentable, "\(value.text) has more than the \(allowed) that are kept")
        }
        return line.raw(of: value)
    }

    private func named(
        _ number: Int64,
        in enumeration: ValueEnumeration,
        as type: DataType?
    ) throws(ValueError) -> PropertyValue {
        if let text = enumeration.text(of: number) {
            return try type.map { type throws(ValueError) in try PropertyValue(parsing: text, as: type) }
                ?? .string(text)
        }
        guard type ?? .string == .string else {
            throw ValueError(.outOfRange, "the device holds \(number), to which 'enumeration' gives no value")
        }
        return .string(String(number))
    }
}

extension PropertyValue {
    /// The whole number that an enumeration may name; truth values are 0 and 1.
    fileprivate var wholeNumber: Int64? {
        switch self {
        case .int(let number): number
        case .boolean(let isTrue): isTrue ? 1 : 0
        case .float, .double: number.flatMap { Int64(exactly: $0) }
        case .string, .bytes: nil
        }
    }

    /// The number as its owner would write it.
    fileprivate var exactNumber: Double? {
        if case .float(let number) = self { number.decimal } else { number }
    }
}
