// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how well a link is protected; each level has all that those before have.
///
/// Values as the kernel counts (bluetooth.h, BT_SECURITY).
enum L2CAPSecurity: UInt8, Comparable, Sendable {
    /// Not at all.
    case low = 1
    /// Encrypted.
    case medium = 2
    /// Encrypted, with keys that nobody in between can know.
    case high = 3

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
