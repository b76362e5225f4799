// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Divides values among requests so that they cost as little as they can on this link.
///
/// The exact optimum for each table by dynamic programming: the cheapest way to read the first n values is the cheapest
/// way to read some of them and one request for the others. No request is longer than the unit takes, none touches
/// what must not be touched, no value is torn apart.
struct ReadPlanner: Sendable {
    var rules = ReadRules()
    var knowledge = UnitKnowledge()
    var cost: LinkCost

    /// The cheapest requests that read some values, by table and address.
    func plan(_ items: [PlanItem]) -> [ReadBlock] {
        Dictionary(grouping: items, by: \.table)
            .flatMap { table, items in blocks(of: items, in: table) }
            .sorted { ($0.table.rawValue, $0.span.first) < ($1.table.rawValue, $1.span.first) }
    }

    /// What a plan costs, in seconds.
    func cost(of plan: [ReadBlock]) -> Double {
        plan.reduce(0) { $0 + cost.cost(of: $1.span.count, in: $1.table) }
    }

    /// What reading some values cannot cost less than: no gaps, no more requests than their number demands.
    func leastCost(of items: [PlanItem]) -> Double {
        Dictionary(grouping: items, by: \.table).reduce(0) { sum, entry in
            let (table, items) = entry
            let used = Set(items.flatMap { $0.span.first..<$0.span.end }).count
            let cap = rules.limits.cap(for: table)
            let requests = max((used + cap - 1) / cap, 1)
            return sum + cost.cost(of: used, in: table) + Double(requests - 1) * cost.perRequest
        }
    }

    private func blocks(of items: [PlanItem], in table: RegisterTable) -> [ReadBlock] {
        let atomic = rules.addresses.atomic.filter { $0.table == table }.map(\.span)
        let fields = PlanField.fields(of: items, atomic: atomic)
        let starts = bestStarts(fields, in: table)
        var blocks: [ReadBlock] = []
        var end = fields.count
        while end > 0 {
            let start = starts[end]
            blocks += [ReadBlock(fields[start..<end].flatMap(\.items))].compactMap(\.self)
            end = start
        }
        return blocks
    }

    /// For each number of fields, where the last request of the cheapest way to read so many begins.
    private func bestStarts(_ fields: [PlanField], in table: RegisterTable) -> [Int] {
        let cap = min(rules.limits.cap(for: table), knowledge.cap(for: table))
        var least = [0.0] + Array(repeating: Double.infinity, count: fields.count)
        var starts = Array(repeating: 0, count: fields.count + 1)
        let joints = joints(between: fields, in: table)
        for last in fields.indices {
            var end = 0
            for first in stride(from: last, through: 0, by: -1) {
                if first < last, !joints[first] { break }
                end = max(end, fields[first].span.end)
                let count = end - fields[first].span.first
                if first < last, count > cap { break }
                let total = least[first] + cost.cost(of: count, in: table)
                if total < least[last + 1] { (least[last + 1], starts[last + 1]) = (total, first) }
            }
        }
        return starts
    }

    /// For each field, whether a request that holds it may go on to the next one.
    private func joints(between fields: [PlanField], in table: RegisterTable) -> [Bool] {
        var covered = 0
        return fields.indices.map { index in
            covered = max(covered, fields[index].span.end)
            guard index + 1 < fields.count else { return false }
            let next = fields[index + 1].span.first
            guard next >= covered else { return true }
            guard next > covered else { return knowledge.allowsCrossing(next, in: table) }
            let gap = AddressSpan(first: covered, count: next - covered)
            return rules.allows(gap: gap, in: table) && knowledge.allows(gap: gap, in: table)
        }
    }
}
