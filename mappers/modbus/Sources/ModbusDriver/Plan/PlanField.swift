// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a plan never tears apart: a value, or values that belong together.
struct PlanField: Hashable, Sendable {
    var span: AddressSpan
    var items: [PlanItem]

    /// Makes the fields of one table, by address; values of an atomic range are one field.
    static func fields(of items: [PlanItem], atomic: [AddressSpan]) -> [PlanField] {
        var alone: [PlanField] = []
        var together: [AddressSpan: PlanField] = [:]
        for item in items {
            guard let range = atomic.first(where: { $0.overlaps(item.span) }) else {
                alone.append(PlanField(span: item.span, items: [item]))
                continue
            }
            var field = together[range] ?? PlanField(span: item.span, items: [])
            field.span = field.span.union(item.span)
            field.items.append(item)
            together[range] = field
        }
        return (alone + together.values).sorted {
            ($0.span.first, -$0.span.count, $0.items[0].index) < ($1.span.first, -$1.span.count, $1.items[0].index)
        }
    }
}
