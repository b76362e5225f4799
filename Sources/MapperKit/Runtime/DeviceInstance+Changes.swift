// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// What a newer description of a device asks for.
extension DeviceInstance {
    /// The desired texts the profile itself carries, by property.
    var desired: [String: String] {
        Dictionary(
            properties.compactMap { property in property.desired.map { (property.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The desired values that differ from those of an older description.
    func desiredChanges(since older: DeviceInstance) -> [String: DesiredValue] {
        let before = older.desired
        return desired.filter { before[$0.key] != $0.value }.mapValues { DesiredValue($0) }
    }

    /// Whether a session opened for this description does not fit a newer one.
    ///
    /// Cycles, destinations and desired values can change under a running session; how to reach the device and its
    /// properties cannot.
    func needsReopening(for newer: DeviceInstance) -> Bool {
        modelName != newer.modelName || protocolName != newer.protocolName || protocolConfig != newer.protocolConfig
            || reach != newer.reach
    }

    /// How often each property is read.
    var cycles: [String: Duration?] {
        Dictionary(properties.map { ($0.name, $0.collectCycle) }, uniquingKeysWith: { first, _ in first })
    }

    private var reach: [String: Reach] {
        Dictionary(
            properties.map { ($0.name, Reach(model: $0.model, visitor: $0.visitor)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private struct Reach: Equatable {
        var model: DeviceModel.Property
        var visitor: ConfigNode
    }
}
