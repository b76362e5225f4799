// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a device: the Device object's name and, from KubeEdge v1.16 on, its namespace.
public struct DeviceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The Kubernetes namespace; `nil` where KubeEdge does not carry one (up to v1.15, and in every ConfigMap).
    public var namespace: String?
    /// The Device object's `metadata.name`.
    public var name: String

    /// Creates an identity.
    public init(_ name: String, namespace: String? = nil) {
        self.name = name
        self.namespace = namespace
    }

    /// `name`, or `namespace/name`: also the form it takes inside MQTT topics.
    public var description: String { namespace.map { "\($0)/\(name)" } ?? name }

    /// Orders by namespace, then name.
    public static func < (left: DeviceID, right: DeviceID) -> Bool { left.description < right.description }
}
