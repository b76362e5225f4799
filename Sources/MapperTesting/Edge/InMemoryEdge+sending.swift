// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension InMemoryEdge {
    /// Sends the whole wanted world.
    public func send(_ profile: DeviceProfile) {
        records.change { $0.profile = profile }
        events.put(.profile(profile))
    }

    /// Sends a world of these devices.
    public func send(_ devices: DeviceInstance...) {
        send(DeviceProfile(devices: devices))
    }

    /// Sends desired values by property name.
    /// - Parameters:
    ///   - device: The device.
    ///   - values: The desired texts.
    ///   - mayBeSettled: Whether the edge may only be repeating them, as after a restart of the mapper.
    public func desire(_ device: DeviceID, _ values: [String: String], mayBeSettled: Bool = false) {
        events.put(.desired(device, values.mapValues { DesiredValue($0, mayBeSettled: mayBeSettled) }))
    }

    /// Says whether values wait for earlier ones to go out.
    public func fallBehind(_ isBehind: Bool = true) {
        records.change { $0.isBehind = isBehind }
    }

    /// Says that nothing is desired of these properties any more.
    public func clearDesired(_ device: DeviceID, _ properties: Set<String>) {
        events.put(.desiredCleared(device, properties))
    }
}
