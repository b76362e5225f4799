// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT

/// Says what the edge link of one run has to do.
struct LinkPlan: Sendable {
    /// How the mapper is linked to KubeEdge.
    var edge: EdgeChoice
    /// The driver's name of its protocol.
    var driverProtocol: String
    /// The profile as it was read at the start; `nil` if it is not there yet, or EdgeCore has it.
    var profile: DeviceProfile?
    /// Whether a device is one of this mapper's.
    var concerns: @Sendable (DeviceInstance) -> Bool
    /// What the driver finds wrong with a profile that comes later.
    var check: @Sendable (DeviceProfile) -> [Diagnostic]
    /// What the driver finds wrong with one device.
    var checkDevice: @Sendable (DeviceInstance) -> [Diagnostic]
    /// Measures pauses.
    var clock: any MapperClock
    /// Where the link tells what happens.
    var logger: Logger

    /// Makes the link that was chosen.
    /// - Throws: when a setting cannot be used.
    func link() throws -> any EdgeLink {
        switch edge {
        case .mqtt(let configuration, let source): try mqttLink(configuration, source)
        case .dmi(let settings): try DMISupport.link(settings, for: self)
        }
    }

    private func mqttLink(
        _ configuration: MQTTConfiguration,
        _ source: ProfileSource
    ) throws(MQTTError) -> MQTTEdgeLink {
        try MQTTEdgeLink(
            configuration: configuration,
            profilePaths: source.paths,
            initial: profile ?? DeviceProfile(),
            check: check,
            concerns: concerns,
            clock: clock,
            logger: logger
        )
    }
}
