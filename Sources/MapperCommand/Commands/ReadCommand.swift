// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Reads a device once, without an edge.
struct ReadCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "read",
            abstract: "Read a device once, without an edge.",
            discussion: """
                Opens the device, reads the properties in one batch, and prints them in the units of the device model.

                EXAMPLES:
                  \(Program.name) read thermo-01 --profile devices/
                  \(Program.name) read thermo-01 temperature humidity --profile devices/ --json

                EXIT CODES: 0 everything was read, 64 unknown device or property, 69 the device could not be opened, \
                74 a property could not be read, 78 errors in the profile.
                """
        )
    }

    @Argument(help: ArgumentHelp("The device's name, or namespace/name.", valueName: "device"))
    var device: String

    @Argument(help: ArgumentHelp("The properties to read; all if none is named.", valueName: "property"))
    var properties: [String] = []

    @OptionGroup var options: ProfileOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func execute(in context: CommandContext) async -> CommandStatus {
        let logger = context.logger(Program.name, level: options.logLevel?.level ?? .warning)
        let driver = Program.makeDriver(logger: logger)
        let selection = DeviceSelection(driver: driver, console: context.console)
        do throws(CommandFailure) {
            let device = try selection.device(device, in: options.profiles)
            return await read(try selection.visitors(properties, of: device), of: device, driver, context)
        } catch {
            return error.status
        }
    }

    private func read(
        _ visitors: [PropertyVisitor<Program.Driver.VisitorConfig>],
        of device: DriverBinding<Program.Driver>.BoundDevice,
        _ driver: Program.Driver,
        _ context: CommandContext
    ) async -> CommandStatus {
        let access = OpenDevice(driver: driver, clock: context.clock)
        do {
            let readings = try await access.use(device) { session in await access.read(visitors, from: session) }
            let report = ReadingReport<Program.Driver>(device: device.id, readings: readings)
            (json ? [report.json.description] : report.table).forEach(context.console.print)
            return readings.allSatisfy { (try? $0.value.get()) != nil } ? .success : .inputOutput
        } catch {
            context.console.complain("error: device '\(device.id)' could not be opened: \(LogText.escaped("\(error)"))")
            return .unavailable
        }
    }
}
