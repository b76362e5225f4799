// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// One property in the `status.twins` of a Device object: what somebody set in the cluster.
public struct CloudTwin: Hashable, Sendable {
    /// The property's name.
    public var name: String
    /// The value's type in the twin's words.
    public var type: String
    /// The desired value; `nil` when nothing is desired.
    public var desired: String?

    /// Creates a twin.
    public init(_ name: String, type: String = "string", desired: String? = nil) {
        self.name = name
        self.type = type
        self.desired = desired
    }

    /// Takes what a profile says about a property, with the type its twin was declared to have.
    public init(_ property: Property) {
        self.init(
            property.name,
            type: property.declaredTwinType ?? property.model.dataType.twinType,
            desired: property.desired
        )
    }
}
