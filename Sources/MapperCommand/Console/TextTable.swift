// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Lays out rows in columns as wide as their widest cell.
package struct TextTable {
    private var rows: [[String]]

    /// Creates a table with a heading.
    package init(_ heading: [String]) {
        rows = [heading]
    }

    /// Adds a row.
    package mutating func add(_ row: [String]) {
        rows.append(row.map(LogText.escaped))
    }

    /// The lines, without blanks at their ends.
    package var lines: [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            let line = cells.joined(separator: "  ")
            return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
        }
    }
}
