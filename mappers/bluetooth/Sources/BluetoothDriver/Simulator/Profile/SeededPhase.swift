// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Makes numbers of names that look random and are the same in each process.
enum SeededPhase {
    /// FNV-1a, mixed once more: Swift's own hashes are others in each process.
    static func hash(_ name: String, seed: UInt64 = 0) -> UInt64 {
        var mixed = name.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ mixed >> 31
    }

    /// Where in its period a value begins, from 0 up to 1.
    static func phase(_ name: String, seed: UInt64) -> Double { Double(hash(name, seed: seed) % 3600) / 3600 }
}
