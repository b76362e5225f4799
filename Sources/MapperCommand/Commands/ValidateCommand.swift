// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Checks profiles without starting anything.
struct ValidateCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "validate",
            abstract: "Check device profiles without starting anything.",
            discussion: """
                Takes deviceProfile.json files and DeviceModel and Device objects in YAML or JSON, in files or \
                directories; together they must make one complete profile.

                EXAMPLES:
                  \(Program.name) validate deviceProfile.json
                  \(Program.name) validate --strict models/ devices/

                EXIT CODES: 0 no errors, 1 errors (with --strict: or warnings) were found.
                """
        )
    }

    @Argument(help: ArgumentHelp("Files and directories.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Let warnings fail, too.")
    var strict = false

    func execute(in context: CommandContext) async -> CommandStatus {
        let driver = Program.makeDriver(logger: context.logger(Program.name, level: .warning))
        let catalog = DeviceCatalog(driver: driver)
        var contents = catalog.contents(of: paths)
        contents.diagnostics += contents.profile.devices.compactMap { spelling(of: $0, for: driver) }
        context.console.complain(contents.diagnostics)
        if contents.diagnostics.containsErrors || (strict && !contents.diagnostics.isEmpty) {
            context.console.complain(contents.diagnostics.countText)
            return .negative
        }
        context.console.print(summary(of: contents, catalog.protocolName))
        return .success
    }

    /// What EdgeCore makes of a protocol's name that a mapper takes however it is written.
    private func spelling(of device: DeviceInstance, for driver: Program.Driver) -> Diagnostic? {
        guard let name = device.protocolName, DriverBinding(driver).concerns(device),
            !driver.protocolNames.contains(name)
        else { return nil }
        let names = driver.protocolNames.joined(separator: " or ")
        return .warning(
            at: device.location,
            "device '\(device.id)': protocolName is '\(name)': over DMI names are compared letter for letter: \(names)"
        )
    }

    private func summary(of contents: DeviceCatalog<Program.Driver>.Contents, _ protocolName: String) -> String {
        let profile = contents.profile
        let properties = profile.devices.reduce(0) { $0 + $1.properties.count }
        let own = contents.devices.count
        let counts = [
            profile.models.count.counted("model"), profile.devices.count.counted("device"),
            properties.counted("property"),
        ].joined(separator: ", ")
        let warnings = contents.diagnostics.isEmpty ? "no problems" : contents.diagnostics.countText
        return "\(counts); \(own) of the devices for \(protocolName): \(warnings)"
    }
}
