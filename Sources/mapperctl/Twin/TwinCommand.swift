// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Everything about twins.
struct TwinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twin",
        abstract: "Look at device twins, and set desired values.",
        subcommands: [TwinGetCommand.self, TwinWatchCommand.self, TwinSetCommand.self]
    )
}
