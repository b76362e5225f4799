// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
package import MapperKit

/// Is where a command's results and complaints go.
package struct Console: Sendable {
    private let writeOutput: @Sendable (String) -> Void
    private let writeError: @Sendable (String) -> Void

    /// Creates a console; each text is one or more whole lines.
    init(output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void) {
        writeOutput = output
        writeError = error
    }

    /// The process's own stdout and stderr, unbuffered.
    static let process = Console(output: { write($0, to: STDOUT_FILENO) }, error: { write($0, to: STDERR_FILENO) })

    /// Prints a line of results.
    package func print(_ line: String) {
        writeOutput(line + "\n")
    }

    /// Prints a line of complaints or news.
    package func complain(_ line: String) {
        writeError(line + "\n")
    }

    /// Prints findings in the order of files and lines, and how many there were.
    package func complain(_ diagnostics: [Diagnostic]) {
        guard !diagnostics.isEmpty else { return }
        let lines = diagnostics.sortedByPlace.map { LogText.escaped($0.description) + "\n" }
        writeError(lines.joined())
    }

    /// Writes everything, however the system cuts it; nobody can be told when that fails.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
