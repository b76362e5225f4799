// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import Glibc

/// Is a subcommand that says how it ended instead of ending the process: a mapper's own ones, too.
package protocol Subcommand: AsyncParsableCommand {
    /// Does what the command is for.
    func execute(in context: CommandContext) async -> CommandStatus
}

extension Subcommand {
    /// Runs in the process and ends it with the exit code.
    package func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let status = await execute(in: .process)
        guard status == .success else { throw ExitCode(status.rawValue) }
    }
}
