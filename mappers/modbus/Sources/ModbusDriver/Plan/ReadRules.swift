// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a request to a unit may hold: what is configured about it, independent of what it answers.
struct ReadRules: Hashable, Sendable {
    var limits = ReadLimits()
    var addresses = AddressRules()

    /// Whether addresses that no property needs may be read between two that are.
    func allows(gap: AddressSpan, in table: RegisterTable) -> Bool {
        if addresses.forbidden.contains(where: { $0.table == table && $0.span.overlaps(gap) }) { return false }
        guard !addresses.readable.isEmpty else { return true }
        // Neighbouring ranges count as one.
        var next = gap.first
        for range in addresses.readable.filter({ $0.table == table }).sorted(by: { $0.first < $1.first })
        where range.first <= next {
            next = max(next, range.last + 1)
        }
        return next >= gap.end
    }
}
