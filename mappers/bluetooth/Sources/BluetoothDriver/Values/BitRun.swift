// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a run of up to 64 bits, 0 the least significant, and the whole number they make.
struct BitRun: Hashable, Sendable {
    /// The least significant of them.
    var first: Int
    var count: Int

    /// Takes the run out of a pattern; the topmost bit of 64 without a sign has to be looked at by the caller.
    func number(in pattern: UInt64, isSigned: Bool) -> Int64 {
        let unused = UInt64(64 - count)
        let aligned = pattern << UInt64(64 - first - count)
        return isSigned ? Int64(bitPattern: aligned) >> Int64(unused) : Int64(bitPattern: aligned >> unused)
    }

    /// The bits alone, out of any number of bytes that hold them; `nil` when there are too few.
    func pattern(in octets: some Sequence<UInt8>, order: ByteOrder) -> UInt64? {
        let octets = order == .little ? Array(octets) : octets.reversed()
        guard first + count <= octets.count * 8 else { return nil }
        return (first..<first + count).reversed().reduce(0) { pattern, bit in
            pattern << 1 | UInt64(octets[bit / 8] >> UInt8(bit % 8) & 1)
        }
    }

    /// Puts a pattern in the place of the bits; `nil` when there are too few bytes.
    func replacing(in octets: [UInt8], by pattern: UInt64, order: ByteOrder) -> [UInt8]? {
        guard first + count <= octets.count * 8 else { return nil }
        var changed = octets
        for bit in first..<first + count {
            let index = order == .little ? bit / 8 : octets.count - 1 - bit / 8
            let mask = UInt8(1) << UInt8(bit % 8)
            let isSet = pattern >> UInt64(bit - first) & 1 == 1
            changed[index] = isSet ? changed[index] | mask : changed[index] & ~mask
        }
        return changed
    }
}
