// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Says how the twin of one property has changed.
public struct TwinChange: Hashable, Sendable {
    /// The device, with its namespace from KubeEdge 1.16.2 on.
    public var device: DeviceID
    /// The property.
    public var property: String
    /// What was known before; `nil` when nothing was.
    public var before: TwinValues?
    /// What is known now; `nil` when the twin or its device is gone.
    public var now: TwinValues?

    /// Creates a change.
    public init(device: DeviceID, property: String, before: TwinValues?, now: TwinValues?) {
        self.device = device
        self.property = property
        self.before = before
        self.now = now
    }
}
