// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Describes one property of one device: what its model says, how to reach it, how often, and what is desired.
public struct Property: Hashable, Sendable {
    /// KubeEdge's default for both cycles.
    public static let defaultCycle = Duration.seconds(1)

    /// What the device model says.
    public var model: DeviceModel.Property
    /// How the driver reaches it: `visitorConfig` with `customizedValues`, or `configData`, in one flat mapping.
    public var visitor: ConfigNode
    /// Time between two readings; `nil` when it is never read on a schedule.
    public var collectCycle: Duration?
    /// The least time between two reports of changing values to the twin, and the time between two telemetry messages.
    public var reportCycle: Duration
    /// Whether its value goes to the device twin.
    public var isTwin: Bool
    /// Whether its value goes to the telemetry topic.
    public var isTelemetry: Bool
    /// The desired value's text as the profile has it; `nil` when nothing is desired.
    public var desired: String?
    /// The type the edge gave the twin, where the profile tells (`desired.metadata.type`).
    public var declaredTwinType: String?

    /// The property's name.
    public var name: String { model.name }

    /// Creates a property that is read every second and reported to the twin.
    public init(
        model: DeviceModel.Property,
        visitor: ConfigNode,
        collectCycle: Duration? = Property.defaultCycle,
        reportCycle: Duration = Property.defaultCycle,
        isTwin: Bool = true,
        isTelemetry: Bool = false,
        desired: String? = nil,
        declaredTwinType: String? = nil
    ) {
        self.model = model
        self.visitor = visitor
        self.collectCycle = collectCycle
        self.reportCycle = reportCycle
        self.isTwin = isTwin
        self.isTelemetry = isTelemetry
        self.desired = desired
        self.declaredTwinType = declaredTwinType
    }
}
