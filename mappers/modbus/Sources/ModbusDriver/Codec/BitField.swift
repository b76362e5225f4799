// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a run of bits in a pattern of up to 64, and the whole number they make.
struct BitField: Hashable, Sendable {
    /// The least significant of them.
    var first: Int
    var count: Int
    var isSigned: Bool

    /// The bits of the field where they stand.
    var mask: UInt64 { (count == 64 ? .max : 1 << UInt64(count) - 1) << UInt64(first) }

    /// Takes the field out of a pattern; the topmost bit of 64 without a sign has to be looked at by the caller.
    func number(in pattern: UInt64) -> Int64 {
        let unused = Int64(64 - count)
        let aligned = pattern << UInt64(64 - first - count)
        return isSigned ? Int64(bitPattern: aligned) >> unused : Int64(bitPattern: aligned >> UInt64(unused))
    }
}
