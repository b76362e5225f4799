// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting

/// What a program that has ended has said, and how it ended.
struct Outcome {
    let code: Int32
    let output: String

    /// Runs a program to its end.
    init(_ program: URL, _ arguments: [String], in folder: ScratchFolder) async throws {
        let running = try RunningProgram(program.lastPathComponent, program, arguments, logs: folder.url)
        code = try await running.exitCode(within: .seconds(30))
        output = running.output
    }

    /// The words of each line.
    var rows: [[String]] {
        output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    /// The second word of the line that begins with a word.
    func value(of name: String) -> String? { rows.first { $0.first == name && $0.count > 1 }?[1] }
}
