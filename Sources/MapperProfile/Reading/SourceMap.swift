// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Tells where in a file a place of the text being scanned stands.
///
/// A profile inside a ConfigMap object is a text inside a text: its places are the outer file's.
enum SourceMap {
    /// A place in the scanned text.
    struct Position: Hashable {
        /// Counted from 1.
        var line = 1
        /// In characters, counted from 1.
        var column = 1
        /// In characters, counted from 0.
        var offset = 0
    }

    /// The text is a whole file.
    case file(String)
    /// The text's lines stand in a file from a line on, each moved to the right by some columns.
    case lines(file: String, firstLine: Int, shifts: [Int])
    /// The text stands on one line of a file; of each of its characters the column there is known.
    case characters(file: String, line: Int, columns: [Int])
    /// All that is known is where the text starts.
    case fixed(SourceLocation)

    func location(of position: Position) -> SourceLocation {
        switch self {
        case .file(let file):
            SourceLocation(file: file, line: position.line, column: position.column)
        case .lines(let file, let firstLine, let shifts):
            SourceLocation(
                file: file,
                line: firstLine + position.line - 1,
                column: position.column + (position.line <= shifts.count ? shifts[position.line - 1] : 0)
            )
        case .characters(let file, let line, let columns):
            SourceLocation(
                file: file,
                line: line,
                column: position.offset < columns.count ? columns[position.offset] : (columns.last ?? 0) + 1
            )
        case .fixed(let location): location
        }
    }
}
