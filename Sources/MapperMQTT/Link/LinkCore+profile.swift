// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension LinkCore {
    /// A new profile is in force.
    ///
    /// Devices that are in both go on undisturbed, whatever else changed.
    mutating func replaceProfile(_ profile: DeviceProfile, devices: [DeviceInstance], at now: Moment) {
        perform(.emit(.profile(profile.withoutDesiredValues)))
        let ids = Set(devices.map(\.id))
        let gone = channels.keys.filter { !ids.contains($0) }.sorted()
        for id in gone { sayFarewell(to: id, at: now) }
        for id in gone { channels[id] = nil }
        if isConnected, !gone.isEmpty { perform(.unsubscribe(gone.flatMap(EdgeTopic.filters))) }
        var added: [DeviceID] = []
        for device in devices {
            guard channels[device.id] != nil else {
                open(device)
                if channels[device.id] != nil { added.append(device.id) }
                continue
            }
            if let change = channels[device.id]?.update(device) { emit(change, of: device.id) }
        }
        if isConnected, !added.isEmpty {
            perform(.subscribe(added.flatMap(EdgeTopic.filters), devices: added, connection: connection))
        }
    }

    /// Says that nobody asks a device any more, which the mapper can only say when its channel is gone.
    ///
    /// Once only: if this is lost, EdgeCore keeps the last state it heard, as it does for a mapper that crashed.
    private mutating func sayFarewell(to id: DeviceID, at now: Moment) {
        channels[id]?.outbox.set(.unknown)
        guard isConnected, channels[id]?.canReport == true else { return }
        sendState(of: id, at: now)
    }
}

extension DeviceProfile {
    /// The profile as the mapper gets it: what is desired travels on its own, settled with what EdgeCore says.
    var withoutDesiredValues: DeviceProfile {
        var profile = self
        for device in profile.devices.indices {
            for property in profile.devices[device].properties.indices {
                profile.devices[device].properties[property].desired = nil
            }
        }
        return profile
    }
}
