// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Writes one property of a device, without an edge, and reads it back.
struct WriteCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "write",
            abstract: "Write one property of a device, and read it back.",
            discussion: """
                The value is checked against the device model (ReadWrite, type, minimum and maximum), written, read \
                back, and what the device now says is printed. A negative value goes behind --.

                EXAMPLES:
                  \(Program.name) write thermo-01 setpoint 21.5 --profile devices/
                  \(Program.name) write --profile devices/ -- thermo-01 offset -2

                EXIT CODES: 0 the device says the value that was written, 1 it says another one, 64 unknown device or \
                property, 65 the value is not allowed, 69 the device could not be opened, 74 writing or reading back \
                failed, 78 errors in the profile.
                """
        )
    }

    @Argument(help: ArgumentHelp("The device's name, or namespace/name.", valueName: "device"))
    var device: String

    @Argument(help: ArgumentHelp("The property to write.", valueName: "property"))
    var property: String

    @Argument(help: ArgumentHelp("The value, as the device twin would carry it.", valueName: "value"))
    var value: String

    @OptionGroup var options: ProfileOptions

    func execute(in context: CommandContext) async -> CommandStatus {
        let logger = context.logger(Program.name, level: options.logLevel?.level ?? .warning)
        let driver = Program.makeDriver(logger: logger)
        let selection = DeviceSelection(driver: driver, console: context.console)
        do throws(CommandFailure) {
            let device = try selection.device(device, in: options.profiles)
            let visitors = try selection.visitors([property], of: device)
            guard let visitor = visitors.first else { return .usage }
            return await PropertyWriting(driver: driver, device: device, visitor: visitor, context: context).write(
                value
            )
        } catch {
            return error.status
        }
    }
}
