// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a key that tells who is behind a private address that changes (an IRK).
struct IdentityKey: Hashable, Sendable {
    /// The device's lasting address.
    var peer: MGMTAddress
    /// The 16 bytes, in the order the kernel writes them.
    var value: [UInt8]

    /// The record for Load Identity Resolving Keys (0x0030).
    var record: [UInt8] { peer.bytes + value }
}

extension IdentityKey {
    /// Takes a key's fields; `nil` when the packet ends before it does.
    init?(_ reader: inout HCIFieldReader) {
        guard let peer = reader.address(), let value = reader.bytes(16) else { return nil }
        self.init(peer: peer, value: value)
    }
}

extension IdentityKey: CustomStringConvertible {
    /// Whose it is; the key itself must not get into a log.
    var description: String { "identity key of \(peer.address)" }
}
