// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers what a unit's answers have shown about its addresses.
struct UnitKnowledge: Hashable, Sendable {
    /// Gaps that cannot be read over.
    private var barriers: [RegisterTable: Set<AddressSpan>] = [:]
    /// Values that spoil every request they are part of.
    private var outcasts: [RegisterTable: Set<AddressSpan>] = [:]

    mutating func avoid(gaps: [AddressSpan], in table: RegisterTable) {
        barriers[table, default: []].formUnion(gaps)
    }

    mutating func isolate(_ span: AddressSpan, in table: RegisterTable) {
        outcasts[table, default: []].insert(span)
    }

    /// Takes a value back that answers again.
    mutating func readmit(_ span: AddressSpan, in table: RegisterTable) {
        outcasts[table]?.remove(span)
    }

    func isOutcast(_ item: PlanItem) -> Bool { outcasts[item.table]?.contains(item.span) ?? false }

    func forbidsReading(over gap: AddressSpan, in table: RegisterTable) -> Bool {
        let walls = (barriers[table] ?? []).union(outcasts[table] ?? [])
        return walls.contains { $0.overlaps(gap) }
    }
}
