// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Gives a name to a set of properties that can be written (`spec.methods` of a Device, KubeEdge v1.19 and later).
///
/// A method has no arguments and no result of its own: to call it is to write one of its properties.
public struct DeviceMethod: Hashable, Sendable {
    /// The method's name, unique in its device.
    public var name: String
    /// What it is for, for people.
    public var description: String?
    /// The properties it writes, in the order of the file, each name once.
    public var propertyNames: [String]

    /// Creates a method.
    public init(name: String, description: String? = nil, propertyNames: [String]) {
        self.name = name
        self.description = description
        self.propertyNames = propertyNames
    }
}
