// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a device may be paired with.
enum PairingRule: Hashable, Sendable {
    /// Without proof of who it is: whoever is near at that moment could be in between.
    case justWorks
    /// With the number printed on the device, or set in it: 0 to 999999.
    case passkey(UInt32)
}

extension PairingRule: CustomStringConvertible {
    /// The kind; the number itself must not get into a log.
    var description: String {
        switch self {
        case .justWorks: "Just Works"
        case .passkey: "passkey"
        }
    }
}
