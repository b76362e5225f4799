// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the table of properties in a device model's README: the one whose header has `offset` and Property.
struct ReadmeTable {
    /// The cells of each row by their column's name, without backquotes.
    let rows: [[String: String]]

    /// Finds the table in a Markdown text; `nil` when there is none.
    init?(in markdown: String) {
        var tables: [[[String]]] = []
        var isInTable = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("|") {
                if !isInTable { tables.append([]) }
                tables[tables.count - 1].append(Self.cells(of: line))
            }
            isInTable = line.hasPrefix("|")
        }
        let candidates = tables.filter { $0.first.map { $0.contains("offset") && $0.contains("Property") } ?? false }
        guard candidates.count == 1, let table = candidates.first, let header = table.first else { return nil }
        // What follows the header is the line of dashes.
        rows = table.dropFirst(2).map { cells in
            Dictionary(zip(header, cells)) { first, _ in first }
        }
    }

    /// The cells of one line, without the bars at its ends.
    private static func cells(of line: Substring) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
            var cell = cell.drop { $0 == " " || $0 == "`" }
            while let last = cell.last, last == " " || last == "`" { cell.removeLast() }
            return String(cell)
        }
    }
}
