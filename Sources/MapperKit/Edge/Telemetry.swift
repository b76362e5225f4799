// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Values read from one device, on their way to whoever reads telemetry.
///
/// They travel in one message.
public struct Telemetry: Hashable, Sendable {
    /// The device.
    public var device: DeviceID
    /// Where the profile wants it; `nil` for KubeEdge's default topic.
    public var topic: String?
    /// The values by property name.
    public var values: [String: TwinReport.Value]

    /// Creates a message.
    public init(_ device: DeviceID, topic: String? = nil, _ values: [String: TwinReport.Value]) {
        self.device = device
        self.topic = topic
        self.values = values
    }
}
