// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ModbusDriver

/// The options that say what is looked for, and how politely.
struct ScanScope: ParsableArguments {
    @Option(help: ArgumentHelp("Units: 1-247, or 1,3,10-12.", valueName: "list"))
    var units: NumberList?

    @Option(
        help: ArgumentHelp(
            "Tables, with commas between them: \(RegisterTable.allCases.map(\.rawValue).joined(separator: ", ")) "
                + "(default: all).",
            valueName: "list"
        )
    )
    var tables: TableList?

    @Option(help: ArgumentHelp("Addresses of each table, counted from 0.", valueName: "first-last"))
    var addresses = NumberList([0...999])

    @Option(help: ArgumentHelp("Where nothing can be read, try every n-th address.", valueName: "n"))
    var step = 16

    @Option(help: ArgumentHelp("Milliseconds that a unit may take to answer.", valueName: "ms"))
    var timeout = 500

    @Option(help: ArgumentHelp("Milliseconds of rest before each request.", valueName: "ms"))
    var pause = 20

    func validate() throws {
        try require("--timeout", timeout, in: 1...60_000)
        try require("--pause", pause, in: 0...60_000)
        try require("--step", step, in: 1...1000)
        guard addresses.ranges.count == 1, addresses.numbers.allSatisfy({ $0 <= 65535 }) else {
            throw ValidationError("'--addresses' is \(addresses), allowed is one range within 0…65535: 0-999")
        }
        if let units, let wrong = units.numbers.first(where: { $0 > 247 && $0 != 255 }) {
            throw ValidationError("'--units' names \(wrong), allowed is 0…247, and 255 over TCP")
        }
    }

    /// The plan for a way.
    func plan(_ connection: ModbusConnection) -> ScanPlan {
        var plan = ScanPlan(connection)
        if let units { plan.units = .listed(units.numbers.compactMap { UInt8(exactly: $0) }) }
        if let tables { plan.tables = tables.tables }
        plan.addresses = addresses.ranges.first ?? plan.addresses
        plan.step = step
        plan.timeout = .milliseconds(timeout)
        plan.pause = .milliseconds(pause)
        return plan
    }

    private func require(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
        guard !range.contains(value) else { return }
        throw ValidationError("'\(option)' is \(value), allowed is \(range.lowerBound)…\(range.upperBound)")
    }
}

/// Is numbers and ranges as people list them: `1,3,10-12`.
struct NumberList: ExpressibleByArgument, CustomStringConvertible {
    let ranges: [ClosedRange<Int>]

    init(_ ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
    }

    init?(argument: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
                (0...65535).contains(first), (first...65535).contains(last)
            else { return nil }
            ranges.append(first...last)
        }
        self.ranges = ranges
    }

    var numbers: [Int] { ranges.flatMap { Array($0) } }

    var description: String { ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",") }

    var defaultValueDescription: String { description }
}

/// Is tables as people list them.
struct TableList: ExpressibleByArgument {
    let tables: [RegisterTable]

    init?(argument: String) {
        let found = argument.split(separator: ",").map { RegisterTable(rawValue: String($0)) }
        tables = found.compactMap(\.self)
        guard !tables.isEmpty, tables.count == found.count else { return nil }
    }
}
