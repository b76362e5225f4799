// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds one value of one property, between device and twin.
public enum PropertyValue: Hashable, Sendable {
    /// A whole number.
    case int(Int64)
    /// A number of single precision, as drivers read it from devices.
    ///
    /// Properties of type float hold ``double(_:)`` all the same: 123456789 read from a whole-number register has to
    /// stay that number, which single precision cannot.
    case float(Float)
    /// A number of double precision.
    case double(Double)
    /// True or false.
    case boolean(Bool)
    /// Text.
    case string(String)
    /// Raw bytes.
    case bytes([UInt8])

    /// The type this value has as it stands.
    public var dataType: DataType {
        switch self {
        case .int: .int
        case .float: .float
        case .double: .double
        case .boolean: .boolean
        case .string: .string
        case .bytes: .bytes
        }
    }

    /// The value as a number; `nil` for text, bytes and truth values.
    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .float(let value): Double(value)
        case .double(let value): value
        case .boolean, .string, .bytes: nil
        }
    }
}

extension PropertyValue {
    /// Gives the same value in the type that the device model asks for.
    ///
    /// Numbers of single precision become the double of their shortest text; numbers become whole numbers by rounding to
    /// the nearest; a number is `true` when it is not zero; truth values
    /// become 0 and 1; anything becomes text. Text is parsed.
    /// - Throws: ``ValueError`` when the value has no such form: not finite, beyond 64 bits, not a number.
    public func converted(to type: DataType) throws(ValueError) -> PropertyValue {
        if dataType == type, type != .float { return try finite() }
        if case .string(let text) = self { return try PropertyValue(parsing: text, as: type) }
        switch type {
        case .int: return .int(try wholeNumber())
        case .float:
            let value = try realNumber()
            guard abs(value) <= Self.greatestFloat else {
                throw ValueError(.outOfRange, "\(text) does not fit a float")
            }
            return .double(value)
        case .double: return .double(try realNumber())
        case .boolean: return .boolean(try realNumber() != 0)
        case .string: return .string(text)
        case .bytes: throw ValueError(.typeMismatch, "\(text) is \(dataType.rawValue), not bytes")
        }
    }

    /// The largest number that a property of type float may have.
    static let greatestFloat = Double(Float.greatestFiniteMagnitude)

    private func finite() throws(ValueError) -> PropertyValue {
        guard number?.isFinite ?? true else { throw ValueError(.notANumber, "the value is not a finite number") }
        return self
    }

    private func realNumber() throws(ValueError) -> Double {
        if case .boolean(let value) = self { return value ? 1 : 0 }
        guard let number else { throw ValueError(.typeMismatch, "\(text) is \(dataType.rawValue), not a number") }
        guard number.isFinite else { throw ValueError(.notANumber, "the value is not a finite number") }
        // The shortest text of the float, not its binary expansion, is what its owner would call the same number.
        if case .float(let value) = self { return value.decimal }
        return number
    }

    private func wholeNumber() throws(ValueError) -> Int64 {
        if case .int(let value) = self { return value }
        let rounded = try realNumber().rounded(.toNearestOrEven)
        guard let value = Int64(exactly: rounded) else {
            throw ValueError(.outOfRange, "\(text) does not fit 64 bits")
        }
        return value
    }
}
