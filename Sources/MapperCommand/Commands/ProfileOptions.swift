// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The options of commands that work on devices of a profile without an edge.
struct ProfileOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp("A profile: a file or a directory. Can be given several times.", valueName: "path")
    )
    var profiles: [String]

    @Option(name: .customLong("log-level"), help: "What the log shows.")
    var logLevel: LogLevelArgument?
}
