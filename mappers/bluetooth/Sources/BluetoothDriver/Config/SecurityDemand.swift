// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a connection has to be protected: the key `security` of a protocol section.
///
/// Without the key a connection is encrypted when the device asks for it.
public enum SecurityDemand: String, CaseIterable, Hashable, Sendable, Decodable {
    /// Never encrypted: what a device keeps for paired peers stays out of reach.
    case none
    /// Encrypted before anything is asked; pairing needs no person, and knows no impostor.
    case encrypted
    /// Encrypted with a key that a passkey has proved.
    case authenticated
}
