// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a device that a driver has found, with all that a profile needs to say about it.
public struct DiscoveredDevice: Hashable, Sendable {
    /// Is one property that the device has.
    public struct Property: Hashable, Sendable {
        /// What its model says: name, type, whether it can be written, limits, unit.
        public var model: DeviceModel.Property
        /// How to reach it: the keys of its visitor.
        public var visitor: ConfigNode

        /// Creates a property; its name is made one that KubeEdge takes.
        public init(_ model: DeviceModel.Property, visitor: ConfigNode) {
            self.model = model
            self.model.name = DiscoveredDevice.propertyName(from: model.name)
            self.visitor = visitor
        }
    }

    /// The name suggested for it; whatever is put here is made one that Kubernetes and EdgeCore take.
    public var name: String {
        didSet { name = Self.objectName(from: name) }
    }
    /// What it is, in one line for people.
    public var summary: String
    /// The protocol's name; `nil` for the first that the driver knows.
    public var protocolName: String?
    /// How to reach it: the keys of its protocol section.
    public var protocolConfig: ConfigNode
    /// Its properties, each name once, as far as the driver knows them.
    public var properties: [Property]

    /// Creates a device.
    /// - Parameters:
    ///   - name: What to call it; what Kubernetes takes is made of it.
    ///   - summary: What it is, in one line for people.
    ///   - protocolConfig: The keys of its protocol section.
    ///   - properties: Its properties; of two with one name the first counts.
    public init(
        name: String,
        summary: String,
        protocolConfig: ConfigNode,
        properties: [Property] = []
    ) {
        self.name = Self.objectName(from: name)
        self.summary = summary
        self.protocolConfig = protocolConfig
        var known: Set<String> = []
        self.properties = properties.filter { known.insert($0.model.name).inserted }
    }

    /// The longest name that is made: a DNS label, which is good for whatever else is named after the device.
    private static let nameLimit = 63

    /// What Kubernetes takes as the name of an object, and EdgeCore as part of a topic: small letters, digits and single
    /// hyphens between them.
    static func objectName(from text: String) -> String {
        let plain = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let words = String(plain).split(separator: "-").joined(separator: "-")
        let name = words.prefix(nameLimit).split(separator: "-").joined(separator: "-")
        // EdgeCore does not recognise a device that is called like a part of its topics' beginning.
        return name.isEmpty ? "unnamed" : "$hw/events/device/".contains(name) ? "device-\(name)" : name
    }

    /// What EdgeCore takes as the name of a property.
    static func propertyName(from text: String) -> String {
        let name = String(text.map { TwinCharacters.isName(String($0)) ? $0 : "-" }.prefix(128))
        return name.isEmpty ? "property" : name
    }
}
