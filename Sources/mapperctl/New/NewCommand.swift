// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import MapperTemplate

/// Makes a new mapper.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make the package of a new mapper, which builds, is tested, and waits for its driver.",
        discussion: """
            NAME is a capital letter and then letters and digits, as in HeatPump, at most \(MapperName.limit). It makes \
            the package and program heat-pump-mapper, the protocol heat-pump, HeatPumpDriver and its tests.

            The package takes MapperKit from the checkout that this program was built in, by a relative path if the \
            new mapper is inside it and by an absolute one else. --mapperkit names another folder, where a relative path \
            stays relative, or a repository's address.

            EXAMPLES:
              mapperctl new HeatPump
              mapperctl new HeatPump --directory ~/heat-pump --protocol ebus
              mapperctl new HeatPump --mapperkit https://example.org/mapperkit

            Exit codes: 0 done; 64 a name, protocol or MapperKit that cannot be taken; 73 the folder cannot be made, or is \
            not empty; 130, 143 ended by a signal. Except for 0 nothing was made.
            """
    )

    @Argument(help: "The mapper's name, as in HeatPump.")
    var name: String

    @Option(help: ArgumentHelp("The package's folder. (default: ./NAME-mapper)", valueName: "path"))
    var directory: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp("What Device objects have as protocolName.", valueName: "name")
    )
    var protocolName: String?

    @Option(help: ArgumentHelp("Where MapperKit is.", valueName: "path-or-url"))
    var mapperkit: String?

    func run() throws {
        let plan = NewMapperPlan(name: name, directory: directory, protocolName: protocolName, mapperkit: mapperkit)
        let interruption = Interruption()
        do {
            let (mapper, place, path) = try plan.resolved(
                workingDirectory: FileManager.default.currentDirectoryPath,
                program: "/proc/self/exe"
            )
            try PackageWriter(to: place).write(mapper.files) { interruption.signal != nil }
            StandardOutput.say(Self.lastWords(mapper, in: path))
        } catch let refusal as NewMapperRefusal {
            throw exit(refusal.errors)
        } catch let error as NewMapperError {
            if error.code == .interrupted, let signal = interruption.signal {
                StandardOutput.complain(error.message)
                throw ExitCode(128 + signal)
            }
            throw exit([error])
        }
    }

    private func exit(_ errors: [NewMapperError]) -> ExitCode {
        for error in errors { StandardOutput.complain("error: \(error)") }
        let isUsage = errors.contains { $0.code == .usage }
        return ExitCode((isUsage ? ExitStatus.usage : .cannotCreate).rawValue)
    }

    private static func lastWords(_ mapper: NewMapper, in path: String) -> String {
        let files = mapper.filesToEdit.map { "  \(path)/\($0)" }
        let commands = mapper.commands(in: path).map { "  \($0)" }
        return (["Edit:"] + files + ["Then run:"] + commands).joined(separator: "\n")
    }
}
