// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which property to read or write, with the way to it in the driver's own type.
public struct PropertyVisitor<Config: Sendable>: Sendable {
    /// The property: name, type, limits, cycles.
    public let property: Property
    /// How to reach it.
    public let config: Config

    /// Creates a visitor, as MapperKit does after decoding.
    public init(property: Property, config: Config) {
        self.property = property
        self.config = config
    }

    /// Where a key of the visitor stands; the visitor's own place when the key is not there.
    public func location(of key: String) -> SourceLocation? {
        property.visitor[key]?.location ?? property.visitor.location
    }
}
