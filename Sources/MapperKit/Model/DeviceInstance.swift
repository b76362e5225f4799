// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Describes one device of a profile, complete in itself.
///
/// Two instances are equal when a running device could not tell them apart: places in files, the order of keys and
/// properties, and methods do not count.
public struct DeviceInstance: Sendable {
    /// The device's identity.
    public var id: DeviceID
    /// The name of its DeviceModel.
    public var modelName: String
    /// The protocol in the words of the newest KubeEdge: `modbus`, `bluetooth`, `opcua`, or a custom one's own name.
    ///
    /// `nil` for a device without a protocol section, which no mapper can reach.
    public var protocolName: String?
    /// How the driver reaches it, in one flat mapping whatever version of KubeEdge wrote it.
    public var protocolConfig: ConfigNode
    /// The properties in the order of the file, each name once.
    public var properties: [Property]
    /// Names for sets of its properties that can be written, each name once.
    ///
    /// No part of equality: a running device cannot notice them. Whoever offers methods takes them from the newest
    /// description of the device.
    public var methods: [DeviceMethod]
    /// Where telemetry goes; `nil` for KubeEdge's default topic.
    public var dataTopic: String?
    /// Where the device stands in its file.
    public var location: SourceLocation?
    /// Tells a device from an earlier one of the same identity that was taken away; 0 unless the edge says so.
    ///
    /// A device whose generation changes is closed and opened as a new one, with nothing desired of it yet. Like a place
    /// it does not count for equality.
    public var generation = 0

    /// Creates an instance.
    public init(
        id: DeviceID,
        modelName: String,
        protocolName: String?,
        protocolConfig: ConfigNode,
        properties: [Property],
        methods: [DeviceMethod] = [],
        dataTopic: String? = nil,
        location: SourceLocation? = nil
    ) {
        self.id = id
        self.modelName = modelName
        self.protocolName = protocolName
        self.protocolConfig = protocolConfig
        self.properties = properties
        self.methods = methods
        self.dataTopic = dataTopic
        self.location = location
    }

    /// The property of a name.
    public func property(_ name: String) -> Property? {
        properties.first { $0.name == name }
    }
}

extension DeviceInstance: Hashable {
    /// Compares what a running device can notice.
    public static func == (left: DeviceInstance, right: DeviceInstance) -> Bool {
        left.id == right.id && left.modelName == right.modelName && left.protocolName == right.protocolName
            && left.protocolConfig == right.protocolConfig && left.dataTopic == right.dataTopic
            && left.properties.sorted { $0.name < $1.name } == right.properties.sorted { $0.name < $1.name }
    }

    /// Feeds the identity, which is enough to keep instances apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }
}
