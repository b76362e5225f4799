// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds the keys of a visitor that say what raw numbers mean; they are the same for every driver.
///
/// A visitor type of a driver decodes them from its own decoder: `ValueKeys(from: decoder)`.
public struct ValueKeys: Hashable, Sendable {
    /// `scale`: what a raw number is multiplied by; 1 when missing or 0, as KubeEdge's documentation has it.
    public let scale: Double
    /// `valueOffset`: what is added after that.
    public let valueOffset: Double
    /// `decimals`: to how many decimals the result is rounded; `nil` leaves it.
    public let decimals: Int?
    /// `enumeration`: the texts of raw whole numbers.
    public let enumeration: ValueEnumeration?
    /// `noValue`: the raw numbers that mean that there is no value.
    public let noValue: NoValue
    /// `deadband`: by how much a number must differ from the one last reported to be reported again, in its own unit.
    public let deadband: Double

    /// Creates the keys, each as if it were missing unless given.
    public init(
        scale: Double = 1,
        valueOffset: Double = 0,
        decimals: Int? = nil,
        enumeration: ValueEnumeration? = nil,
        noValue: NoValue = .none,
        deadband: Double = 0
    ) {
        self.scale = scale == 0 ? 1 : scale
        self.valueOffset = valueOffset
        self.decimals = decimals
        self.enumeration = enumeration
        self.noValue = noValue
        self.deadband = deadband
    }

    /// Makes the transform; settings that are errors have no effect.
    /// - Parameter signedBits: In how many bits the device may send whole numbers with a sign; see ``NoValue``.
    public func transform(signedBits: Int? = nil) -> ValueTransform {
        ValueTransform(
            scale: scale.isFinite ? scale : 1,
            offset: valueOffset.isFinite ? valueOffset : 0,
            decimals: decimals.flatMap { Self.allowedDecimals.contains($0) ? $0 : nil },
            noValue: noValue.reading(signedBits: signedBits),
            enumeration: enumeration
        )
    }

    /// A double has no more digits than these to give away.
    static let allowedDecimals = 0...15
}

extension ValueKeys: Decodable {
    private enum CodingKeys: String, CodingKey {
        case scale, valueOffset, decimals, enumeration, noValue, deadband
    }

    /// Decodes the keys; others of the same group are left to whoever asks for them.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            scale: try keys.decodeIfPresent(Double.self, forKey: .scale) ?? 1,
            valueOffset: try keys.decodeIfPresent(Double.self, forKey: .valueOffset) ?? 0,
            decimals: try keys.decodeIfPresent(Int.self, forKey: .decimals),
            enumeration: try keys.decodeIfPresent(ValueEnumeration.self, forKey: .enumeration),
            noValue: try keys.decodeIfPresent(NoValue.self, forKey: .noValue) ?? .none,
            deadband: try keys.decodeIfPresent(Double.self, forKey: .deadband) ?? 0
        )
    }
}
