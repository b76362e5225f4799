// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModbusDriver

@Suite("Planner")
struct PlannerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var items: [(RegisterTable, Int, Int)]
        var plan: [String]
        var rules = ReadRules()
        var cost = PlannerTests.at9600

        var testDescription: String { name }
    }

    /// 9600 Bd with a parity bit and no turnaround: a gap of ten registers costs what a request does.
    static let at9600 = LinkCost(
        LineTime(SerialSettings(baudRate: 9600, dataBits: 8, parity: .even, stopBits: 1, isRS485: false)),
        turnaround: 0
    )
    static let network = LinkCost(perRequest: 0.001, perRegister: 1e-7)

    static let cases = [
        Case(name: "nothing", items: [], plan: []),
        Case(name: "one register at the last address", items: [(.holding, 65535, 1)], plan: ["holding 65535+1"]),
        Case(
            name: "a span that ends at the last address",
            items: [(.input, 65534, 2), (.input, 65530, 4)],
            plan: ["input 65530+6"]
        ),
        Case(
            name: "125 registers and one more",
            items: (0...125).map { (.holding, $0, 1) },
            plan: ["holding 0+125", "holding 125+1"]
        ),
        Case(
            name: "2000 bits and one more",
            items: (0...2000).map { (.coil, $0, 1) },
            plan: ["coil 0+2000", "coil 2000+1"]
        ),
        Case(
            name: "a value across the limit goes to the next request whole",
            items: (0..<124).map { (.holding, $0, 1) } + [(.holding, 124, 2)],
            plan: ["holding 0+123", "holding 123+3"]
        ),
        Case(
            name: "duplicates and overlaps share a request",
            items: [(.holding, 10, 2), (.holding, 10, 2), (.holding, 11, 4), (.holding, 10, 1)],
            plan: ["holding 10+5"]
        ),
        Case(
            name: "the same address in two tables",
            items: [(.input, 7, 1), (.holding, 7, 1)],
            plan: ["holding 7+1", "input 7+1"]
        ),
        Case(
            name: "at 9600 Bd registers over a gap of 9, not of 11",
            items: [(.input, 0, 2), (.input, 11, 2), (.input, 24, 1)],
            plan: ["input 0+13", "input 24+1"]
        ),
        Case(
            name: "on a network over any gap that fits",
            items: [(.input, 0, 2), (.input, 11, 2), (.input, 110, 1), (.input, 125, 1)],
            plan: ["input 0+13", "input 110+16"],
            cost: PlannerTests.network
        ),
        Case(
            name: "bits over a gap of 150, not of 170",
            items: [(.coil, 0, 1), (.coil, 151, 1), (.coil, 321, 1)],
            plan: ["coil 0+152", "coil 321+1"]
        ),
        Case(
            name: "where the first request ends is decided by what follows",
            items: [(.input, 0, 60), (.input, 61, 60), (.input, 122, 60), (.input, 183, 2)],
            plan: ["input 0+121", "input 122+63"],
            cost: PlannerTests.network
        ),
        Case(
            name: "a declared hole is not read over, a property in it is read",
            items: [(.holding, 0, 1), (.holding, 2, 1), (.holding, 4, 1)],
            plan: ["holding 0+1", "holding 2+3"],
            rules: ReadRules(forbidding: [AddressRange(.holding, 1...2)])
        ),
        Case(
            name: "only declared gaps are read over when some are declared",
            items: [(.holding, 0, 1), (.holding, 3, 1), (.holding, 6, 1)],
            plan: ["holding 0+4", "holding 6+1"],
            rules: ReadRules(reading: [AddressRange(.holding, 1...1), AddressRange(.holding, 2...4)])
        ),
        Case(
            name: "what belongs together stays together, however far apart",
            items: [(.holding, 0, 2), (.holding, 50, 2), (.holding, 52, 2)],
            plan: ["holding 0+54"],
            rules: ReadRules(together: [AddressRange(.holding, 0...51)])
        ),
        Case(
            name: "a device that reads ten at most",
            items: (0..<12).map { (.holding, $0 * 2, 2) },
            plan: ["holding 0+8", "holding 8+8", "holding 16+8"],
            rules: ReadRules(limits: ReadLimits(registers: 10))
        ),
        Case(
            name: "unsorted",
            items: [(.holding, 5, 1), (.holding, 3, 1), (.holding, 4, 1)],
            plan: ["holding 3+3"]
        ),
    ]

    @Test("groups", arguments: cases)
    func groups(_ row: Case) {
        let items = row.items.enumerated().map {
            PlanItem(index: $0.offset, table: $0.element.0, span: AddressSpan(first: $0.element.1, count: $0.element.2))
        }
        let blocks = ReadPlanner(rules: row.rules, cost: row.cost).plan(items)
        #expect(blocks.map { "\(name($0.table)) \($0.span.first)+\($0.span.count)" } == row.plan)
        #expect(Set(blocks.flatMap(\.items).map(\.index)) == Set(items.indices))
        #expect(blocks.allSatisfy { block in block.items.allSatisfy { block.span.contains($0.span) } })
    }

    @Test("a gap known to be bad is not read over")
    func wall() {
        var planner = ReadPlanner(cost: Self.at9600)
        let items = Self.items(at: [0, 2, 6])
        #expect(planner.plan(items).map { "\($0.span)" } == ["0…6"])
        let isProven = (1...2).map { _ in planner.knowledge.avoid(gap: AddressSpan(first: 3, count: 3), in: .holding) }
        #expect(isProven == [false, true])
        #expect(planner.plan(items).map { "\($0.span)" } == ["0…2", "6"])
        let elsewhere = items.map { PlanItem(index: $0.index, table: .input, span: $0.span) }
        #expect(planner.plan(elsewhere).count == 1)
    }

    @Test("a place that no request crosses, and a length that none exceeds")
    func cutAndLength() {
        var planner = ReadPlanner(cost: Self.at9600)
        let items = Self.items(at: Array(0..<20))
        let isProven = (1...2).map { _ in planner.knowledge.cut(at: 4, in: .holding) }
        #expect(isProven == [false, true])
        #expect(planner.plan(items).map { "\($0.span)" } == ["0…3", "4…19"])
        let isLimitNews = planner.knowledge.refuse(length: 16, in: .holding, now: .zero)
        #expect(isLimitNews)
        #expect(planner.plan(items).allSatisfy { $0.span.count <= 8 })
    }

    @Test("a refused value is not asked for until it is due, then alone; never is it read over")
    func outcast() {
        var planner = ReadPlanner(cost: Self.at9600)
        let items = Self.items(at: Array(0..<5))
        let isNews = planner.knowledge.isolate(items[2].span, in: .holding, .illegalDataAddress, now: .zero)
        #expect(isNews)
        let plan = ReadPlan(items, with: planner, now: .seconds(1))
        #expect(plan.blocks.map { "\($0.span)" } == ["0…1", "3…4"])
        #expect(plan.refused.map(\.item.index) == [2])
        let later = ReadPlan(items, with: planner, now: .seconds(10))
        #expect(later.blocks.map { "\($0.span)" } == ["0…1", "3…4", "2"])
        #expect(later.refused.isEmpty)
        let back = planner.knowledge.answered(later.blocks[2])
        #expect(back == [items[2].span])
        #expect(ReadPlan(items, with: planner, now: .seconds(11)).blocks.map { "\($0.span)" } == ["0…4"])
        #expect(ReadPlan([items[2]], with: planner, now: .zero).blocks.count == 1)
    }

    @Test("no plan is cheaper than the optimum found by trying all divisions")
    func optimum() {
        var generator = SplitMix(state: 7)
        for round in 0..<200 {
            let count = Int.random(in: 1...9, using: &generator)
            let items = (0..<count).map { index in
                let first = Int.random(in: 0...60, using: &generator)
                let length = [1, 1, 2, 4].randomElement(using: &generator) ?? 1
                return PlanItem(index: index, table: .input, span: AddressSpan(first: first, count: length))
            }
            var planner = ReadPlanner(rules: ReadRules(limits: ReadLimits(registers: 25)), cost: Self.at9600)
            if round.isMultiple(of: 2) { planner.rules.addresses.forbidden = [AddressRange(.input, 30...31)] }
            let best = Self.leastByTrying(items, planner)
            #expect(abs(planner.cost(of: planner.plan(items)) - best) < 1e-9)
        }
    }

    /// The cost of the cheapest division of values sorted by address into runs.
    private static func leastByTrying(_ items: [PlanItem], _ planner: ReadPlanner) -> Double {
        let sorted = items.sorted { ($0.span.first, -$0.span.count) < ($1.span.first, -$1.span.count) }
        var least = Double.infinity
        for mask in 0..<(1 << (sorted.count - 1)) {
            var groups: [[PlanItem]] = [[sorted[0]]]
            for (position, item) in sorted.dropFirst().enumerated() {
                if mask >> position & 1 == 1 { groups.append([item]) } else { groups[groups.count - 1].append(item) }
            }
            let blocks = groups.compactMap { ReadBlock($0) }
            let isAllowed = blocks.allSatisfy { block in
                (block.span.count <= 25 || block.items.count == 1)
                    && block.gaps.allSatisfy { planner.rules.allows(gap: $0, in: .input) }
            }
            if isAllowed { least = min(least, planner.cost(of: blocks)) }
        }
        return least
    }

    private static func items(at addresses: [Int]) -> [PlanItem] {
        addresses.enumerated().map {
            PlanItem(index: $0.offset, table: .holding, span: AddressSpan(first: $0.element, count: 1))
        }
    }

    @Test("halves keep what lies at one place together")
    func halves() throws {
        let items = [4, 4, 6].enumerated().map {
            PlanItem(index: $0.offset, table: .holding, span: AddressSpan(first: $0.element, count: 1))
        }
        let (left, right) = try #require(ReadBlock(items)?.halves)
        #expect(left.items.map(\.index) == [0, 1])
        #expect(right.items.map(\.index) == [2])
        #expect(left.halves == nil)
    }

    private func name(_ table: RegisterTable) -> String { "\(table)" }

}

extension ReadRules {
    fileprivate init(
        forbidding forbidden: [AddressRange] = [],
        reading readable: [AddressRange] = [],
        together atomic: [AddressRange] = []
    ) {
        self.init()
        addresses.forbidden = forbidden
        addresses.readable = readable
        addresses.atomic = atomic
    }
}

/// A small generator of the same numbers each time.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
