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
        var limits = ReadLimits()

        var testDescription: String { name }
    }

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
            plan: ["holding 0+124", "holding 124+2"]
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
            name: "registers over a gap of 8, not of 9",
            items: [(.input, 0, 2), (.input, 10, 2), (.input, 21, 1)],
            plan: ["input 0+12", "input 21+1"]
        ),
        Case(
            name: "bits over a gap of 32, not of 33",
            items: [(.coil, 0, 1), (.coil, 33, 1), (.coil, 67, 1)],
            plan: ["coil 0+34", "coil 67+1"]
        ),
        Case(
            name: "a device that reads ten at most",
            items: (0..<12).map { (.holding, $0 * 2, 2) },
            plan: ["holding 0+10", "holding 10+10", "holding 20+4"],
            limits: ReadLimits(registers: 10)
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
        let blocks = ReadPlanner(limits: row.limits).plan(items)
        #expect(blocks.map { "\(name($0.table)) \($0.span.first)+\($0.span.count)" } == row.plan)
        #expect(Set(blocks.flatMap(\.items).map(\.index)) == Set(items.indices))
        #expect(blocks.allSatisfy { block in block.items.allSatisfy { block.span.contains($0.span) } })
    }

    @Test("a gap known to be bad is not read over")
    func barrier() {
        var planner = ReadPlanner()
        let items = [0, 2, 6].enumerated().map {
            PlanItem(index: $0.offset, table: .holding, span: AddressSpan(first: $0.element, count: 1))
        }
        #expect(planner.plan(items).map(\.span) == [AddressSpan(first: 0, count: 7)])
        planner.knowledge.avoid(gaps: [AddressSpan(first: 3, count: 3)], in: .holding)
        #expect(planner.plan(items).map(\.span) == [AddressSpan(first: 0, count: 3), AddressSpan(first: 6, count: 1)])
        #expect(planner.plan(items.map { PlanItem(index: $0.index, table: .input, span: $0.span) }).count == 1)
    }

    @Test("a value that spoils requests is read alone, and not read over")
    func outcast() {
        var planner = ReadPlanner()
        let items = (0..<5).map { PlanItem(index: $0, table: .holding, span: AddressSpan(first: $0, count: 1)) }
        planner.knowledge.isolate(AddressSpan(first: 2, count: 1), in: .holding)
        #expect(planner.plan(items).map { "\($0.span)" } == ["0…1", "2", "3…4"])
        planner.knowledge.readmit(AddressSpan(first: 2, count: 1), in: .holding)
        #expect(planner.plan(items).map { "\($0.span)" } == ["0…4"])
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
