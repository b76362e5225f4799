// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one request of a plan, with the values it brings.
struct ReadBlock: Hashable, Sendable {
    var table: RegisterTable
    var span: AddressSpan
    /// The values inside, by address.
    var items: [PlanItem]

    init(_ item: PlanItem) {
        table = item.table
        span = item.span
        items = [item]
    }

    /// Makes a block of some items of one table.
    init?(_ items: some Collection<PlanItem>) {
        guard let first = items.first else { return nil }
        self.init(first)
        for item in items.dropFirst() { add(item) }
    }

    mutating func add(_ item: PlanItem) {
        span = span.union(item.span)
        items.append(item)
    }

    /// The addresses read that no value needs.
    var gaps: [AddressSpan] {
        var gaps: [AddressSpan] = []
        var covered = span.first
        for item in items.sorted(by: { $0.span.first < $1.span.first }) {
            if item.span.first > covered {
                gaps.append(AddressSpan(first: covered, count: item.span.first - covered))
            }
            covered = max(covered, item.span.end)
        }
        return gaps
    }

    /// Two blocks that together bring the same values, divided at the gap nearest to the middle; `nil` without a gap.
    var partsAroundGap: (left: ReadBlock, right: ReadBlock, gap: AddressSpan)? {
        let middle = span.first + span.count / 2
        guard let gap = gaps.min(by: { abs($0.first - middle) < abs($1.first - middle) }),
            let left = ReadBlock(items.filter { $0.span.first < gap.first }),
            let right = ReadBlock(items.filter { $0.span.first >= gap.end })
        else { return nil }
        return (left, right, gap)
    }

    /// Two blocks that together bring the same values; `nil` when it holds a single place only.
    ///
    /// Values at the very same place stay together: asking twice would answer nothing new.
    var halves: (left: ReadBlock, right: ReadBlock)? {
        let places = Set(items.map(\.span)).sorted { ($0.first, $0.count) < ($1.first, $1.count) }
        guard places.count > 1 else { return nil }
        let left = Set(places.prefix(places.count / 2))
        guard let a = ReadBlock(items.filter { left.contains($0.span) }),
            let b = ReadBlock(items.filter { !left.contains($0.span) })
        else { return nil }
        return (a, b)
    }
}
