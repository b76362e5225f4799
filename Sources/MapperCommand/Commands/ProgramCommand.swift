// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The root of a mapper's command line.
struct ProgramCommand<Program: MapperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Program.name,
            abstract: Program.abstract,
            usage: """
                \(Program.name) [run] [--config <file>] [--profile <path> ...] [--mqtt <url>] [<options>]
                \(Program.name) [run] [--config <file>] --dmi <socket> [<options>]
                \(Program.name) <subcommand> ...
                """,
            discussion: """
                Without a subcommand it runs the mapper. Problems in files are printed as file:line:column: error: …, \
                all of them at once, before anything is started.

                EXAMPLES:
                  \(Program.name)
                  \(Program.name) --config /etc/mapper/config.yaml --log-format json
                  \(Program.name) --profile devices/ --mqtt tcp://127.0.0.1:1883
                  \(Program.name) --dmi /etc/kubeedge/dmi.sock
                  \(Program.name) validate devices/
                  \(Program.name) read thermo-01 --profile devices/

                EXIT CODES:
                \(CommandStatus.table)
                """,
            version: "\(Program.name) \(Program.version)",
            subcommands: [
                RunCommand<Program>.self, ValidateCommand<Program>.self, ReadCommand<Program>.self,
                WriteCommand<Program>.self, CallCommand<Program>.self, DiscoverCommand<Program>.self,
                SimulateCommand<Program>.self,
            ] + Program.subcommands,
            defaultSubcommand: RunCommand<Program>.self
        )
    }
}
