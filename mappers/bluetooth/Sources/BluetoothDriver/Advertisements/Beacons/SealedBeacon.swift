// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the encrypted part of a frame, with all that opens it but the key.
struct SealedBeacon: Hashable, Sendable {
    var format: BeaconFormat
    var ciphertext: [UInt8]
    var tag: [UInt8]
    var nonce: [UInt8]
    var associatedData: [UInt8]
    var counter: UInt32

    /// Decrypts it, and refuses what the counter has seen.
    func open(with key: BindKey?, counter known: inout BeaconCounter) throws(BeaconError) -> [UInt8] {
        guard let key else { throw .keyNeeded(format) }
        guard let message = AESCCM(key: key).open(ciphertext, tag: tag, nonce: nonce, associatedData: associatedData)
        else { throw .wrongKey(format) }
        let last = known.last ?? 0
        guard known.accept(counter) else { throw .replayed(format, counter: counter, last: last) }
        return message
    }
}
