// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The developer's tool beside the mappers.
@main
struct Mapperctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapperctl",
        abstract: "Make a new mapper, play the edge that it talks to, and look at device twins.",
        discussion: ExitStatus.help,
        subcommands: [NewCommand.self, EdgeCommand.self, TwinCommand.self]
    )
}
