// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras

/// Encrypts and authenticates short messages: AES in counter mode with CBC-MAC (RFC 3610).
///
/// The cipher itself is swift-crypto's, which has no such mode; this only strings its blocks together.
struct AESCCM {
    private typealias Block = [UInt8]

    private let key: SymmetricKey

    init(key: BindKey) { self.key = SymmetricKey(data: key.bytes) }

    /// Decrypts a message; `nil` when the tag does not belong to it, or the lengths to no such message.
    func open(
        _ ciphertext: some Collection<UInt8>,
        tag: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8] = []
    ) -> [UInt8]? {
        guard Self.allows(message: ciphertext.count, tag: tag.count, nonce: nonce.count, data: associatedData.count),
            let message = crypt(ciphertext, nonce: nonce),
            let expected = self.tag(of: message, length: tag.count, nonce: nonce, associatedData: associatedData)
        else { return nil }
        // The time it takes must not tell how many bytes were right.
        let difference = zip(tag, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
        return difference == 0 ? message : nil
    }

    /// Encrypts a message; `nil` when the lengths are not allowed.
    func seal(
        _ message: [UInt8],
        tagLength: Int,
        nonce: [UInt8],
        associatedData: [UInt8] = []
    ) -> (ciphertext: [UInt8], tag: [UInt8])? {
        guard Self.allows(message: message.count, tag: tagLength, nonce: nonce.count, data: associatedData.count),
            let ciphertext = crypt(message, nonce: nonce),
            let tag = tag(of: message, length: tagLength, nonce: nonce, associatedData: associatedData)
        else { return nil }
        return (ciphertext, tag)
    }

    /// RFC 3610, 2.1; associated data of 0xFF00 bytes and more has another frame, which no beacon needs.
    private static func allows(message: Int, tag: Int, nonce: Int, data: Int) -> Bool {
        (7...13).contains(nonce) && (4...16).contains(tag) && tag % 2 == 0 && message <= 0xFFFF && data < 0xFF00
    }

    /// RFC 3610, 2.3: the key stream from the counters 1, 2, 3 …, which works both ways.
    private func crypt(_ bytes: some Collection<UInt8>, nonce: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = Array(bytes)[...]
        var counter = 1
        while !rest.isEmpty {
            guard let stream = encrypt(Self.block(flags: 0, nonce: nonce, number: counter)) else { return nil }
            output += zip(rest, stream).map { $0 ^ $1 }
            rest = rest.dropFirst(16)
            counter += 1
        }
        return output
    }

    /// RFC 3610, 2.2: the CBC-MAC of lengths, associated data and message, hidden behind the key stream of counter 0.
    private func tag(of message: [UInt8], length: Int, nonce: [UInt8], associatedData: [UInt8]) -> [UInt8]? {
        let flags = (associatedData.isEmpty ? 0 : 0x40) | UInt8((length - 2) / 2) << 3
        var input = Self.block(flags: flags, nonce: nonce, number: message.count)
        if !associatedData.isEmpty {
            input += [UInt8(associatedData.count >> 8), UInt8(associatedData.count & 0xFF)] + associatedData
            input += Self.padding(to: input.count)
        }
        input += message
        input += Self.padding(to: input.count)
        var state = Block(repeating: 0, count: 16)
        for start in stride(from: 0, to: input.count, by: 16) {
            guard let next = encrypt(zip(state, input[start...]).map { $0 ^ $1 }) else { return nil }
            state = next
        }
        guard let mask = encrypt(Self.block(flags: 0, nonce: nonce, number: 0)) else { return nil }
        return zip(state, mask).prefix(length).map { $0 ^ $1 }
    }

    /// The flags with the width of the number in them, the nonce, the number.
    private static func block(flags: UInt8, nonce: [UInt8], number: Int) -> Block {
        let width = 15 - nonce.count
        return [flags | UInt8(width - 1)] + nonce
            + (0..<width).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func padding(to count: Int) -> [UInt8] { Array(repeating: 0, count: (16 - count % 16) % 16) }

    /// One block of AES; it only fails for keys and blocks of other lengths, which there are none of.
    private func encrypt(_ block: Block) -> Block? {
        var block = block
        do { try AES.permute(&block, key: key) } catch { return nil }
        return block
    }
}
