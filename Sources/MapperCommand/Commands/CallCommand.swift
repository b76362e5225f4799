// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Calls a method of a device, without an edge, and reads its property back.
struct CallCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "call",
            abstract: "Call a method of a device, and read its property back.",
            discussion: """
                A method is a name that a Device gives to properties (spec.methods, KubeEdge v1.19 and later). A call \
                sends a value to one of them: as a write, unless the driver has a way of its own. The value is checked \
                as by write, and what the device says afterwards is printed. KubeEdge itself calls no methods. A \
                negative value goes behind --.

                EXAMPLES:
                  \(Program.name) call thermo-01 adjust setpoint 21.5 --profile devices/
                  \(Program.name) call --profile devices/ -- thermo-01 adjust offset -2

                EXIT CODES: 0 the device says the value that was sent, 1 it says another one, 64 unknown device, \
                method or property, 65 the value is not allowed, 69 the device could not be opened, 74 the call or \
                reading back failed, 78 errors in the profile.
                """
        )
    }

    @Argument(help: ArgumentHelp("The device's name, or namespace/name.", valueName: "device"))
    var device: String

    @Argument(help: ArgumentHelp("The method to call.", valueName: "method"))
    var method: String

    @Argument(help: ArgumentHelp("The property, one of the method's.", valueName: "property"))
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
            let method = try selection.method(method, of: device)
            let visitor = try selection.visitor(property, of: method, device)
            let call = PropertyWriting(
                driver: driver,
                device: device,
                visitor: visitor,
                context: context,
                method: method
            )
            return await call.write(value)
        } catch {
            return error.status
        }
    }
}
