// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperCommand
import ModbusDriver

extension ScanReport {
    /// The summary for people.
    var lines: [String] {
        var table = TextTable(["unit", "table", "readable addresses", "values", "longest read"])
        for unit in units {
            let number = ignoresUnits ? "any" : "\(unit.number)"
            for found in unit.tables { table.add([number] + found.cells) }
            if unit.tables.isEmpty { table.add([number, "", "not looked through", "", ""]) }
        }
        let asked = "\(unitsAsked) \(unitsAsked == 1 ? "unit" : "units") asked with \(requests) requests at \(place)"
        let end = interruption.map { "the scan ended early: \($0)" }
        return (units.isEmpty ? ["no unit answers"] : table.lines) + ["", asked] + (end.map { [$0] } ?? [])
    }

    /// The summary for programs.
    var json: JSONText {
        .object([
            ("place", .string(place)), ("complete", .literal("\(interruption == nil)")),
            ("requests", .literal("\(requests)")), ("unitsAsked", .literal("\(unitsAsked)")),
            ("ignoresUnits", .literal("\(ignoresUnits)")),
            (
                "units",
                .array(
                    units.map { unit in
                        .object([("unit", .literal("\(unit.number)")), ("tables", .array(unit.tables.map(\.json)))])
                    }
                )
            ),
        ])
    }
}

extension ScannedTable {
    fileprivate var cells: [String] {
        switch state {
        case .unknown: return [table.rawValue, "no such table", "", ""]
        case .silent: return [table.rawValue, "no answer", "", ""]
        case .present: break
        }
        guard !readable.isEmpty else { return [table.rawValue, "none", "", ""] }
        let ranges = readable.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        let shown = ranges.prefix(6).joined(separator: " ") + (ranges.count > 6 ? " and \(ranges.count - 6) more" : "")
        let telling = values.values.count { $0 != 0 }
        let length = limit.map(String.init) ?? (needsPairs ? "pairs" : "")
        return [table.rawValue, shown, "\(telling) of \(values.count) not zero", length]
    }

    fileprivate var json: JSONText {
        let word =
            switch state {
            case .present: "present"
            case .unknown: "unknown"
            case .silent: "silent"
            }
        let ranges = readable.map { JSONText.array([.literal("\($0.lowerBound)"), .literal("\($0.upperBound)")]) }
        let known = values.sorted { $0.key < $1.key }
        return .object(
            [("table", .string(table.rawValue)), ("state", .string(word)), ("readable", .array(ranges))]
                + (limit.map { [("longestRead", .literal("\($0)"))] } ?? [])
                + (needsPairs ? [("needsPairs", .literal("true"))] : [])
                + [("values", .object(known.map { ("\($0.key)", .literal("\($0.value)")) }))]
        )
    }
}
