// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what kind of raw value a driver reads for a property, as far as its configuration tells.
public struct RawForm: Hashable, Sendable {
    /// `int` for whole numbers, `float` or `double` for others, `boolean`, `string`, `bytes`.
    public var dataType: DataType
    /// The numbers it can be.
    public var range: ValueRange
    /// In how many bits whole numbers with a sign travel, or `nil` where they have none; see ``NoValue``.
    public var signedBits: Int?
    /// What a person calls it: `uint16`, `string`.
    public var name: String

    /// Creates a description.
    public init(_ dataType: DataType, range: ValueRange = ValueRange(), signedBits: Int? = nil, name: String) {
        self.dataType = dataType
        self.range = range
        self.signedBits = signedBits
        self.name = name
    }

    /// Whether it can be this number.
    func allows(_ number: PropertyValue) -> Bool { (try? range.check(number)) != nil }

    /// Whether it can be what a marker for "no value" means, a pattern of bits with the topmost set included.
    func allows(marker: PropertyValue) -> Bool {
        guard let number = Double(marker.text) else { return false }
        if allows(marker.number == nil ? .double(number) : marker) { return true }
        guard let signedBits else { return false }
        return number > 0 && number < Double(sign: .plus, exponent: signedBits, significand: 1)
    }
}
