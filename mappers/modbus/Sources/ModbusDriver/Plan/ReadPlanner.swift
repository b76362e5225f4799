// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Groups values into requests: few, none too long, no value torn apart.
///
/// In one pass by address, a value joins the request before it when the gap between them is small and known to be
/// harmless, and the request stays within the limits.
struct ReadPlanner: Sendable {
    var limits = ReadLimits()
    var knowledge = UnitKnowledge()

    func plan(_ items: [PlanItem]) -> [ReadBlock] {
        var blocks = items.filter(knowledge.isOutcast).reduce(into: [:]) { alone, item in
            alone[Place(item), default: []].append(item)
        }.values.compactMap { ReadBlock($0) }
        let byTable = Dictionary(grouping: items.filter { !knowledge.isOutcast($0) }, by: \.table)
        for (_, items) in byTable { blocks += merge(items) }
        return blocks.sorted { ($0.table.rawValue, $0.span.first) < ($1.table.rawValue, $1.span.first) }
    }

    private struct Place: Hashable {
        let table: RegisterTable
        let span: AddressSpan

        init(_ item: PlanItem) {
            table = item.table
            span = item.span
        }
    }

    private func merge(_ items: [PlanItem]) -> [ReadBlock] {
        let sorted = items.sorted {
            ($0.span.first, -$0.span.count, $0.index) < ($1.span.first, -$1.span.count, $1.index)
        }
        var blocks: [ReadBlock] = []
        for item in sorted {
            if let last = blocks.last, accepts(last, item) {
                blocks[blocks.count - 1].add(item)
            } else {
                blocks.append(ReadBlock(item))
            }
        }
        return blocks
    }

    private func accepts(_ block: ReadBlock, _ item: PlanItem) -> Bool {
        guard block.span.union(item.span).count <= limits.cap(for: item.table) else { return false }
        let distance = item.span.first - block.span.end
        guard distance > 0 else { return true }
        let gap = AddressSpan(first: block.span.end, count: distance)
        return distance <= limits.gap(for: item.table) && !knowledge.forbidsReading(over: gap, in: item.table)
    }
}
