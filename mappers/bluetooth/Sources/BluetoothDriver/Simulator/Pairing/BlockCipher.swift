// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the Advanced Encryption Standard with a key of 128 bits, for single blocks (FIPS 197).
///
/// For simulated peripherals only: it takes as long as it takes, which tells who measures it about the key.
struct BlockCipher: Sendable {
    private static let rounds = 10

    /// Four bytes each, four words for the beginning and for every round.
    private let words: [[UInt8]]

    /// Makes one for a key of 16 bytes, the most significant first; `nil` for other lengths.
    init?(key: [UInt8]) {
        guard key.count == 16 else { return nil }
        var words = stride(from: 0, to: 16, by: 4).map { Array(key[$0..<$0 + 4]) }
        var constant: UInt8 = 1
        for index in 4..<4 * (Self.rounds + 1) {
            var word = words[index - 1]
            if index.isMultiple(of: 4) {
                word = (word[1...] + word[..<1]).map { Self.substitutes[Int($0)] }
                word[0] ^= constant
                constant = constant.doubled
            }
            words.append(Self.sum(word, words[index - 4]))
        }
        self.words = words
    }

    /// Encrypts 16 bytes, the most significant first; others are brought to that length with zeros.
    func encrypt(_ block: [UInt8]) -> [UInt8] {
        var state = Array((block + [UInt8](repeating: 0, count: 16)).prefix(16))
        state = Self.sum(state, key(of: 0))
        for round in 1...Self.rounds {
            // Bytes are replaced, and each row of the four columns is turned by its number.
            state = (0..<16).map { place in
                let (column, row) = (place / 4, place % 4)
                return Self.substitutes[Int(state[(column + row) % 4 * 4 + row])]
            }
            if round < Self.rounds { state = (0..<4).flatMap { Self.mixed(Array(state[$0 * 4..<$0 * 4 + 4])) } }
            state = Self.sum(state, key(of: round))
        }
        return state
    }

    private func key(of round: Int) -> [UInt8] { Array(words[round * 4..<round * 4 + 4].joined()) }

    private static func mixed(_ column: [UInt8]) -> [UInt8] {
        let all = column.reduce(0, ^)
        return (0..<4).map { column[$0] ^ all ^ (column[$0] ^ column[($0 + 1) % 4]).doubled }
    }

    private static func sum(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] { zip(one, other).map { $0 ^ $1 } }

    /// What each byte is replaced by: its inverse in the field, spread over its bits (FIPS 197, 5.1.1).
    private static let substitutes: [UInt8] = {
        var powers: [UInt8] = [1]
        // 3 generates all of the field but 0.
        for _ in 1..<255 { powers.append(powers[powers.count - 1].doubled ^ powers[powers.count - 1]) }
        var inverses = [UInt8](repeating: 0, count: 256)
        for (exponent, power) in powers.enumerated() { inverses[Int(power)] = powers[(255 - exponent) % 255] }
        return inverses.map { inverse in
            (1...4).reduce(inverse ^ 0x63) { $0 ^ (inverse << UInt8($1) | inverse >> UInt8(8 - $1)) }
        }
    }()
}

extension UInt8 {
    /// Twice the number in the field of the cipher (FIPS 197, 4.2).
    fileprivate var doubled: UInt8 { self << 1 ^ (self & 0x80 == 0 ? 0 : 0x1B) }
}
