// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperMQTT

@testable import MapperCommand

extension EdgeChoice {
    /// The broker, if MQTT was chosen.
    var mqtt: MQTTConfiguration? {
        guard case .mqtt(let configuration, _) = self else { return nil }
        return configuration
    }

    /// Where devices come from, if MQTT was chosen.
    var profile: ProfileSource? {
        guard case .mqtt(_, let profile) = self else { return nil }
        return profile
    }

    /// The sockets, if DMI was chosen.
    var dmi: DMISettings? {
        guard case .dmi(let settings) = self else { return nil }
        return settings
    }
}
