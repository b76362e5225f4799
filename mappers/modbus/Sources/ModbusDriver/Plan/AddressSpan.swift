// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names neighbouring addresses of one table.
///
/// Never empty; may end at 65535, so the end is no address itself.
struct AddressSpan: Hashable, Sendable, CustomStringConvertible {
    var first: Int
    var count: Int

    /// One past the last address.
    var end: Int { first + count }

    /// The last address.
    var last: Int { end - 1 }

    func contains(_ other: AddressSpan) -> Bool { first <= other.first && other.end <= end }

    func overlaps(_ other: AddressSpan) -> Bool { first < other.end && other.first < end }

    /// The smallest span around both.
    func union(_ other: AddressSpan) -> AddressSpan {
        let start = min(first, other.first)
        return AddressSpan(first: start, count: max(end, other.end) - start)
    }

    /// As people write it: `100`, `100…101`.
    var description: String { count == 1 ? "\(first)" : "\(first)…\(last)" }
}
