// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a device says without being asked.
public enum DeviceNews: Sendable {
    /// A property has this value.
    case sample(property: String, Sample)
    /// The session is of no use any more: the connection broke, the device went away.
    case lost(DeviceError)
}
