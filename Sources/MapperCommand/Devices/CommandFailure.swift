// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Ends a command with a status; the reason has been said on the console.
struct CommandFailure: Error {
    /// The status.
    let status: CommandStatus

    init(_ status: CommandStatus) {
        self.status = status
    }
}
