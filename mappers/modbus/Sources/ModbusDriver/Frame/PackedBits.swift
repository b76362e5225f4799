// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Packs bits into bytes the way the protocol does: the first bit is the least significant of the first byte.
enum PackedBits {
    static func bytes(of bits: [Bool]) -> [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { byte, bit in
                bit.element ? byte | 1 << UInt8(bit.offset) : byte
            }
        }
    }

    static func bits(in bytes: some Sequence<UInt8>) -> [Bool] {
        bytes.flatMap { byte in (0..<8).map { byte >> UInt8($0) & 1 == 1 } }
    }
}
