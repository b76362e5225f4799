// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Describes a device to its driver, with the configuration in the driver's own types.
public struct Device<ProtocolConfig: Sendable, VisitorConfig: Sendable>: Sendable {
    /// The device as the profile has it.
    public let instance: DeviceInstance
    /// How to reach it.
    public let config: ProtocolConfig
    /// How to reach each of its properties.
    public let visitors: [PropertyVisitor<VisitorConfig>]
    private let positions: [String: Int]

    /// The device's identity.
    public var id: DeviceID { instance.id }

    /// Creates a device, as MapperKit does after decoding.
    public init(instance: DeviceInstance, config: ProtocolConfig, visitors: [PropertyVisitor<VisitorConfig>]) {
        self.instance = instance
        self.config = config
        self.visitors = visitors
        positions = Dictionary(
            visitors.enumerated().map { ($0.element.property.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The visitor of a property.
    public func visitor(of property: String) -> PropertyVisitor<VisitorConfig>? {
        positions[property].map { visitors[$0] }
    }

    /// Where a key of the protocol section stands; the section's own place when the key is not there.
    public func location(of key: String) -> SourceLocation? {
        let node = instance.protocolConfig
        return node[key]?.location ?? node.location ?? instance.location
    }
}
