// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
/// Draws the same numbers again for the same seed, subject and round (SplitMix64).
struct FuzzRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64, subject: UInt64, round: UInt64) {
        state = seed
        for part in [subject, round] { state = next() ^ part }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number of a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True in so many of a hundred cases.
    mutating func happens(_ percent: Int) -> Bool { number(0...99) < percent }

    /// One of several.
    mutating func one<Element>(of elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

    mutating func bytes(_ counts: ClosedRange<Int>) -> [UInt8] { (0..<number(counts)).map { _ in byte() } }

    /// Bytes in which a few are others, missing, or too many.
    mutating func mutated(_ bytes: [UInt8], changes: ClosedRange<Int> = 1...4) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<number(changes) {
            let place = number(0...bytes.count)
            switch number(0...6) {
            case 0: bytes = Array(bytes.prefix(place))
            case 1: bytes.insert(byte(), at: place)
            case 2 where place < bytes.count: bytes.remove(at: place)
            case 3: bytes += bytes.suffix(8)
            case 4 where place < bytes.count: bytes[place] = one(of: [0, 1, 0x7F, 0x80, 0xFE, 0xFF])
            case _ where place < bytes.count: bytes[place] ^= 1 << UInt8(number(0...7))
            default: break
            }
        }
        return bytes
    }
}
#endif
