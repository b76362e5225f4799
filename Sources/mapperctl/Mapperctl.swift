// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The developer's tool beside the mappers.
@main
struct Mapperctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapperctl",
        abstract: "Play the edge that a mapper talks to, and look at device twins.",
        discussion: ExitStatus.help,
        subcommands: [EdgeCommand.self, TwinCommand.self]
    )
}
