// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One reading: a raw value, when it was acquired, and how far it can be trusted.
public struct Sample: Hashable, Sendable {
    /// How far a value can be trusted.
    public enum Quality: String, Hashable, Sendable {
        /// The device stands by it.
        case good
        /// The device gave it with reservations of its own.
        case uncertain
    }

    /// The raw value, before the driver's transform.
    public var value: PropertyValue
    /// When it was acquired; `nil` lets MapperKit take the moment the driver returned it.
    public var acquiredAt: Timestamp?
    /// How far it can be trusted.
    public var quality: Quality

    /// Creates a reading.
    public init(_ value: PropertyValue, at acquiredAt: Timestamp? = nil, quality: Quality = .good) {
        self.value = value
        self.acquiredAt = acquiredAt
        self.quality = quality
    }
}
