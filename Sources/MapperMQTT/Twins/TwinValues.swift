// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what the edge knows of one property of a device.
public struct TwinValues: Hashable, Sendable {
    /// What is wanted; `nil` when nothing is.
    ///
    /// From KubeEdge 1.15 on it is what the mapper says that it was told to.
    public var desired: String?
    /// What the device said last; `nil` when it has said nothing yet.
    public var reported: String?
    /// The twin's type at the edge: `string`, `int`, `integer`, `float` or `boolean`.
    public var type: String?

    /// Creates values.
    public init(desired: String? = nil, reported: String? = nil, type: String? = nil) {
        self.desired = desired
        self.reported = reported
        self.type = type
    }

    init(_ twin: WireTwin) {
        self.init(desired: twin.desired, reported: twin.actual?.value, type: twin.type)
    }
}
