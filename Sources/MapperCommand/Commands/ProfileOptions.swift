// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

/// The options of commands that work on devices of a profile without an edge.
package struct ProfileOptions: ParsableArguments {
    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp("A profile: a file or a directory. Can be given several times.", valueName: "path")
    )
    package var profiles: [String]

    @Option(name: .customLong("log-level"), help: "What the log shows.")
    package var logLevel: LogLevelArgument?

    /// Creates options for the parser to fill.
    package init() {}
}
