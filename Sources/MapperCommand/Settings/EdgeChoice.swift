// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperMQTT

/// Says how a mapper is linked to KubeEdge.
enum EdgeChoice: Sendable {
    /// By MQTT, with devices from files: KubeEdge 1.0 to 1.14, or a broker alone.
    case mqtt(MQTTConfiguration, profile: ProfileSource)
    /// By DMI, which brings the devices, too: KubeEdge 1.15 and later.
    case dmi(DMISettings)
}
