// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers what a unit's answers have shown about its addresses.
///
/// A value: it decides, its owner asks. Moments are uptimes.
struct UnitKnowledge: Sendable {
    /// A value that is refused even when asked for alone, or a table that is not there.
    struct Refusal: Hashable, Sendable {
        /// What the unit says; `nil` for a value about which it is silent while it gives others.
        var exception: ModbusException?
        var reprieve: Reprieve
    }

    /// Counts what changes plans.
    private(set) var version = 0
    /// Gaps that cannot be read over.
    private var walls: [RegisterTable: Set<AddressSpan>] = [:]
    /// Addresses at which a request may begin, but not go on.
    private var cuts: [RegisterTable: Set<Int>] = [:]
    /// Gaps and borders at which a request was refused once; a second time in a row proves it.
    private var suspects: [RegisterTable: Set<AddressSpan>] = [:]
    /// Values about which the unit was silent once, while it gave others.
    private var unheard: [RegisterTable: Set<AddressSpan>] = [:]
    /// A value that was given.
    private(set) var given: (table: RegisterTable, span: AddressSpan)?
    private var outcasts: [RegisterTable: [AddressSpan: Refusal]] = [:]
    private var missingTables: [RegisterTable: Refusal] = [:]
    private var registerLimit = LengthLimit()
    private var bitLimit = LengthLimit()
    /// Whether the unit has refused to write single bits of registers.
    private(set) var lacksMaskWrite = false

    // MARK: What plans ask

    func allows(gap: AddressSpan, in table: RegisterTable) -> Bool {
        if walls[table]?.contains(where: { $0.overlaps(gap) }) ?? false { return false }
        return !(outcasts[table]?.keys.contains { $0.overlaps(gap) } ?? false)
    }

    func allowsCrossing(_ address: Int, in table: RegisterTable) -> Bool {
        !(cuts[table]?.contains(address) ?? false)
    }

    /// How much one request may read.
    func cap(for table: RegisterTable) -> Int { table.holdsBits ? bitLimit.cap : registerLimit.cap }

    /// The longest read that was answered.
    func proven(in table: RegisterTable) -> Int { table.holdsBits ? bitLimit.proven : registerLimit.proven }

    /// Why an item is not asked for with others; `nil` when it is.
    func refusal(of item: PlanItem) -> Refusal? { missingTables[item.table] ?? outcasts[item.table]?[item.span] }

    /// The refusal of a whole table.
    func missing(_ table: RegisterTable) -> Refusal? { missingTables[table] }

    func refusedGaps(in table: RegisterTable) -> [AddressSpan] {
        (walls[table] ?? []).sorted { $0.first < $1.first }
    }

    func borders(in table: RegisterTable) -> [Int] { (cuts[table] ?? []).sorted() }

    func refusals(in table: RegisterTable) -> [(span: AddressSpan, exception: ModbusException?)] {
        (outcasts[table] ?? [:]).map { ($0.key, $0.value.exception) }.sorted { $0.span.first < $1.span.first }
    }

    // MARK: What answers teach

    /// Notes that a request over a gap was refused, and its parts were not.
    /// - Returns: whether that proves that the gap cannot be read over.
    mutating func avoid(gap: AddressSpan, in table: RegisterTable) -> Bool {
        guard isProven(gap, in: table) else { return false }
        if walls[table, default: []].insert(gap).inserted { version += 1 }
        return true
    }

    /// Notes that a request was refused, and its parts before and from an address on were not.
    /// - Returns: whether that proves that no request can cross it.
    mutating func cut(at address: Int, in table: RegisterTable) -> Bool {
        guard isProven(AddressSpan(first: address, count: 0), in: table) else { return false }
        if cuts[table, default: []].insert(address).inserted { version += 1 }
        return true
    }

    /// Once may be chance: devices refuse now and then what they give the next time.
    private mutating func isProven(_ place: AddressSpan, in table: RegisterTable) -> Bool {
        if suspects[table, default: []].insert(place).inserted { return false }
        suspects[table]?.remove(place)
        return true
    }

    /// Notes that a value is refused by itself.
    /// - Returns: whether that is news.
    mutating func isolate(
        _ span: AddressSpan,
        in table: RegisterTable,
        _ exception: ModbusException?,
        now: Duration
    ) -> Bool {
        let known = outcasts[table]?[span]
        var refusal = known ?? Refusal(exception: exception, reprieve: Self.valueReprieve(now))
        if known != nil { refusal.reprieve.refusedAgain(now: now) }
        refusal.exception = exception
        outcasts[table, default: [:]][span] = refusal
        version += 1
        return known == nil
    }

    /// Notes that the unit was silent about a value while it gave another.
    /// - Returns: whether that was so the last time, too.
    mutating func isSilent(about span: AddressSpan, in table: RegisterTable) -> Bool {
        !unheard[table, default: []].insert(span).inserted
    }

    /// Notes that a unit has no such table.
    /// - Returns: whether that is news.
    mutating func miss(_ table: RegisterTable, _ exception: ModbusException, now: Duration) -> Bool {
        let known = missingTables[table]
        var refusal = known ?? Refusal(exception: exception, reprieve: Self.tableReprieve(now))
        if known != nil { refusal.reprieve.refusedAgain(now: now) }
        missingTables[table] = refusal
        version += 1
        return known == nil
    }

    /// Notes that values were read.
    /// - Returns: those of them that had been refused before.
    mutating func answered(_ block: ReadBlock) -> [AddressSpan] {
        if block.table.holdsBits {
            bitLimit.answered(block.span.count)
        } else {
            registerLimit.answered(block.span.count)
        }
        for item in block.items { unheard[block.table]?.remove(item.span) }
        if let item = block.items.first { given = (block.table, item.span) }
        if let places = suspects[block.table], !places.isEmpty {
            suspects[block.table] = places.filter { !(block.span.first < $0.first && $0.end < block.span.end) }
        }
        if missingTables.removeValue(forKey: block.table) != nil { version += 1 }
        guard let refused = outcasts[block.table], !refused.isEmpty else { return [] }
        let back = Set(block.items.map(\.span)).filter { refused[$0] != nil }
        guard !back.isEmpty else { return [] }
        for span in back { outcasts[block.table]?[span] = nil }
        version += 1
        return back.sorted { $0.first < $1.first }
    }

    /// Notes that a read was too long.
    /// - Returns: whether that is news.
    mutating func refuse(length: Int, in table: RegisterTable, now: Duration) -> Bool {
        let before = cap(for: table)
        if table.holdsBits {
            bitLimit.refuse(length, now: now)
        } else {
            registerLimit.refuse(length, now: now)
        }
        guard cap(for: table) != before else { return false }
        version += 1
        return true
    }

    mutating func lackMaskWrite() { lacksMaskWrite = true }

    /// Forgets limits that are due to be tried again.
    mutating func forgetOutdated(now: Duration) {
        let registers = registerLimit.forgetOutdated(now: now)
        let bits = bitLimit.forgetOutdated(now: now)
        if registers || bits { version += 1 }
    }

    private static func valueReprieve(_ now: Duration) -> Reprieve {
        Reprieve(now: now, first: .seconds(10), longest: .seconds(300))
    }

    private static func tableReprieve(_ now: Duration) -> Reprieve {
        Reprieve(now: now, first: .seconds(60), longest: .seconds(3600))
    }
}
