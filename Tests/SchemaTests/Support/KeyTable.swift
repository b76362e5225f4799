// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A table of keys in a README.
struct KeyTable {
    /// One key.
    struct Row: Sendable {
        var key: String
        var range: String
        var unit: String
        var defaultValue: String
        /// The example as YAML; `nil` when the cell holds none.
        var example: String?
        var meaning: String
    }

    /// The first line of every such table.
    static let head = "| Key | Type and range | Unit | Default | Example | Meaning |"

    var rows: [Row]

    /// The tables of a file, in its order.
    static func all(in file: String) throws -> [KeyTable] {
        let lines = try Project.text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.indices.filter { lines[$0] == head }.map { start in
            KeyTable(rows: lines[(start + 2)...].prefix { $0.hasPrefix("|") }.compactMap(row))
        }
    }

    private static func row(_ line: String) -> Row? {
        let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }.map { String($0.reversed().drop { $0 == " " }.reversed()) }
        guard cells.count == 6 else { return nil }
        return Row(
            key: cells[0].replacing("`", with: ""),
            range: cells[1],
            unit: cells[2],
            defaultValue: cells[3],
            example: code(cells[4]),
            meaning: cells[5]
        )
    }

    /// What stands between the only two backticks of a cell.
    private static func code(_ cell: String) -> String? {
        guard cell.count > 2, cell.first == "`", cell.last == "`" else { return nil }
        return String(cell.dropFirst().dropLast())
    }
}
