// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Describes a kind of device, as KubeEdge's DeviceModel does.
public struct DeviceModel: Hashable, Sendable {
    /// One property that devices of this model have.
    public struct Property: Hashable, Sendable {
        /// The property's name, unique in the model.
        public var name: String
        /// What it means, for people.
        public var description: String?
        /// What kind of value it has.
        public var dataType: DataType
        /// Whether the cloud may set it.
        public var accessMode: AccessMode
        /// What the cloud may ask for.
        public var range: ValueRange
        /// The unit of its values, for people.
        public var unit: String?

        /// Creates a property.
        public init(
            name: String,
            dataType: DataType,
            accessMode: AccessMode = .readOnly,
            range: ValueRange = ValueRange(),
            unit: String? = nil,
            description: String? = nil
        ) {
            self.name = name
            self.dataType = dataType
            self.accessMode = accessMode
            self.range = range
            self.unit = unit
            self.description = description
        }
    }

    /// The model's identity; devices refer to it by name.
    public var id: DeviceID
    /// The properties in the order of the file.
    public var properties: [Property]

    /// Creates a model.
    public init(id: DeviceID, properties: [Property]) {
        self.id = id
        self.properties = properties
    }

    /// The property of a name.
    public func property(_ name: String) -> Property? {
        properties.first { $0.name == name }
    }
}
