// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras

/// Is what both sides of a pairing compute (Core Specification, Vol 3 Part H 2.2); bytes as they go over the air.
enum PairingMath {
    /// The value that a side commits itself to its random number with, c1.
    static func confirmation(
        key: [UInt8],
        random: [UInt8],
        request: [UInt8],
        response: [UInt8],
        initiator: VirtualPeer,
        responder: VirtualPeer
    ) -> [UInt8] {
        let first = [initiator.octets[0], responder.octets[0]] + request + response
        let second = responder.address.littleEndianBytes + initiator.address.littleEndianBytes + [0, 0, 0, 0]
        return encrypt(sum(encrypt(sum(random, first), key: key), second), key: key)
    }

    /// The key of the first encryption, s1.
    static func shortTermKey(key: [UInt8], responderRandom: [UInt8], initiatorRandom: [UInt8]) -> [UInt8] {
        encrypt(Array(initiatorRandom.prefix(8) + responderRandom.prefix(8)), key: key)
    }

    private static func encrypt(_ block: [UInt8], key: [UInt8]) -> [UInt8] {
        var state = Array(block.reversed())
        // Keys and blocks have 16 bytes here, and nothing else is refused.
        guard (try? AES.permute(&state, key: SymmetricKey(data: key.reversed()))) != nil else { return [] }
        return state.reversed()
    }

    private static func sum(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] { zip(one, other).map { $0 ^ $1 } }
}
