// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Bounds what the cloud may ask of a numeric property: the model's `minimum` and `maximum`, both included.
public struct ValueRange: Hashable, Sendable, CustomStringConvertible {
    /// The smallest value allowed; `nil` for no bound.
    public var minimum: PropertyValue?
    /// The largest value allowed; `nil` for no bound.
    public var maximum: PropertyValue?

    /// Creates a range; bounds that are no numbers bound nothing.
    public init(minimum: PropertyValue? = nil, maximum: PropertyValue? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Checks a value against the bounds; values that are no numbers pass.
    /// - Throws: ``ValueError`` of code `outOfRange` that names the bounds.
    public func check(_ value: PropertyValue) throws(ValueError) {
        if let minimum, Self.isLess(value, minimum) { throw outOfRange(value) }
        if let maximum, Self.isLess(maximum, value) { throw outOfRange(value) }
    }

    /// Whether no value can satisfy the bounds.
    public var isEmpty: Bool {
        guard let minimum, let maximum else { return false }
        return Self.isLess(maximum, minimum)
    }

    /// The bounds as a person would write them: `0…100`, `at least 0`.
    public var description: String {
        switch (minimum, maximum) {
        case (let low?, let high?): "\(low.text)…\(high.text)"
        case (let low?, nil): "at least \(low.text)"
        case (nil, let high?): "at most \(high.text)"
        case (nil, nil): "any"
        }
    }

    private func outOfRange(_ value: PropertyValue) -> ValueError {
        ValueError(.outOfRange, "\(value.text) is outside the model's limits (\(self))")
    }

    /// Whole numbers are compared as such: beyond 2^53 a `Double` would make neighbours equal.
    private static func isLess(_ left: PropertyValue, _ right: PropertyValue) -> Bool {
        if case .int(let a) = left, case .int(let b) = right { return a < b }
        // A float is compared by its shortest text, so that 0.1 as a float is not above a limit of 0.1.
        guard let a = Double(left.text), let b = Double(right.text) else { return false }
        return left.number != nil && right.number != nil && a < b
    }
}
