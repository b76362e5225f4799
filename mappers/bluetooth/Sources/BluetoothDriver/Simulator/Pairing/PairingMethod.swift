// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a simulated peripheral lets a host pair with it.
enum PairingMethod: Hashable, Sendable {
    /// Not at all.
    case none
    /// With anybody.
    case justWorks
    /// With who knows the six digits that stand on it.
    case passkey(UInt32)
}
