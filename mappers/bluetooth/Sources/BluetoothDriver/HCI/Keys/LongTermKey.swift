// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a key that encrypts connections with a bonded device, as the kernel hands it out and wants it back.
struct LongTermKey: Hashable, Sendable {
    /// How many bytes the kernel's record has.
    static let size = 36

    var peer: MGMTAddress
    /// How it was made; the numbers of mgmt-api: 0 unauthenticated, 1 authenticated, 2 to 4 for Secure Connections.
    var type: UInt8
    /// 1 when it is for this side as the central.
    var central: UInt8
    /// How many of its bytes count.
    var encryptionSize: UInt8
    var diversifier: UInt16
    var random: UInt64
    /// The 16 bytes, in the order the kernel writes them.
    var value: [UInt8]

    /// The record for Load Long Term Keys (0x0013).
    var record: [UInt8] {
        peer.bytes + [type, central, encryptionSize] + HCIFields.bytes(diversifier) + HCIFields.bytes(random) + value
    }

    /// Whether the other key is for the same purpose, and takes this one's place.
    func isReplaced(by other: LongTermKey) -> Bool {
        peer == other.peer && type == other.type && central == other.central
    }
}

extension LongTermKey {
    /// Takes a key's fields; `nil` when the packet ends before it does.
    init?(_ reader: inout HCIFieldReader) {
        guard let peer = reader.address(), let type = reader.number(UInt8.self),
            let central = reader.number(UInt8.self), let size = reader.number(UInt8.self),
            let diversifier = reader.number(UInt16.self), let random = reader.number(UInt64.self),
            let value = reader.bytes(16)
        else { return nil }
        self.init(
            peer: peer,
            type: type,
            central: central,
            encryptionSize: size,
            diversifier: diversifier,
            random: random,
            value: value
        )
    }
}

extension LongTermKey: CustomStringConvertible {
    /// Whose it is; the key itself must not get into a log.
    var description: String { "long-term key of \(peer.address)" }
}
