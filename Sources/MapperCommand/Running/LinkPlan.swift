// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT

/// Says what the edge link of one run has to do.
struct LinkPlan: Sendable {
    /// The broker and the profile's paths.
    var settings: Settings
    /// The profile as it was read at the start; `nil` if it is not there yet.
    var profile: DeviceProfile?
    /// Whether a device is one of this mapper's.
    var concerns: @Sendable (DeviceInstance) -> Bool
    /// What the driver finds wrong with a profile that comes later.
    var check: @Sendable (DeviceProfile) -> [Diagnostic]
    /// Measures pauses.
    var clock: any MapperClock
    /// Where the link tells what happens.
    var logger: Logger

    /// Makes the link to KubeEdge by MQTT.
    /// - Throws: ``MQTTError`` when a setting cannot be used.
    func mqttLink() throws(MQTTError) -> MQTTEdgeLink {
        try MQTTEdgeLink(
            configuration: settings.mqtt,
            profilePaths: settings.profile.paths,
            initial: profile ?? DeviceProfile(),
            check: check,
            concerns: concerns,
            clock: clock,
            logger: logger
        )
    }
}
