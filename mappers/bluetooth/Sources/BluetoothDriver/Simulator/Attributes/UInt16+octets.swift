// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension UInt16 {
    /// The two bytes as they go over the air, the less significant first.
    var octets: [UInt8] { [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)] }

    /// Reads two bytes somewhere in others, the less significant first; `nil` where there are none.
    init?(octetsAt offset: Int, of bytes: some RandomAccessCollection<UInt8>) {
        let rest = bytes.dropFirst(offset)
        guard let low = rest.first, let high = rest.dropFirst().first else { return nil }
        self = UInt16(low) | UInt16(high) << 8
    }
}
