// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Derives from what a session experiences whether the device is there.
///
/// A device that answers "no" is there. One lost answer proves nothing; several batches without any answer do.
struct DeviceAvailability: Sendable {
    private(set) var state = DeviceState.unknown
    private var misses = 0

    /// Notes an answer.
    /// - Returns: whether the device has just come online.
    mutating func heard() -> Bool {
        misses = 0
        defer { state = .online }
        return state != .online
    }

    /// Notes a batch without any answer.
    /// - Returns: whether that makes the device absent.
    mutating func missed(limit: Int) -> Bool {
        misses += 1
        return misses >= limit
    }

    /// Notes that the device cannot be reached.
    /// - Returns: whether it has just gone offline.
    mutating func lost() -> Bool {
        misses = 0
        defer { state = .offline }
        return state != .offline
    }
}
