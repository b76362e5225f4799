// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is the terminal that standard output may be.
package enum Terminal {
    /// Its size in characters; `nil` when standard output is none.
    package static var size: (rows: Int, columns: Int)? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1, size.ws_col > 1 else {
            return (24, 80)
        }
        return (Int(size.ws_row), Int(size.ws_col))
    }

    /// What shows these lines instead of all there was, cut to the terminal's size.
    package static func page(_ lines: [String], rows: Int, columns: Int) -> String {
        "\u{1B}[H\u{1B}[J" + lines.prefix(rows - 1).map { String($0.prefix(columns)) }.joined(separator: "\n")
    }

    /// What empties it.
    package static let clear = "\u{1B}[H\u{1B}[J"
}
