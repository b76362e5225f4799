// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Something that came from the edge.
public enum EdgeEvent: Hashable, Sendable {
    /// The whole wanted world, replacing the one before.
    case profile(DeviceProfile)
    /// What the edge wants of a device: desired values by property name, as text, none of them empty.
    ///
    /// A property that is not named keeps what was desired before.
    case desired(DeviceID, [String: DesiredValue])
    /// The edge no longer wants anything of these properties.
    case desiredCleared(DeviceID, Set<String>)
}
