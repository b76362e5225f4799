// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a value cannot be taken, converted or written.
public struct ValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the value.
    public enum Code: String, Hashable, Sendable {
        /// The value has another type than the property.
        case typeMismatch
        /// The value is outside the property's limits or what its type can hold.
        case outOfRange
        /// The property cannot be set.
        case readOnly
        /// The device model knows no such property.
        case unknownProperty
        /// The device counts in steps that the value falls between.
        case notRepresentable
        /// The device said that it has no value: not a number, or a marker agreed upon for that.
        case notANumber
    }

    /// What is wrong.
    public var code: Code
    /// The sentence for the log.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
