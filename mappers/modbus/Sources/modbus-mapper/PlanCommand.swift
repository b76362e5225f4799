// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperCommand
import MapperKit
import ModbusDriver

/// Shows how a profile's devices will be read, and what that takes of each bus.
struct PlanCommand: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan",
            abstract: "Show the requests that a profile's devices take, and the load of each bus.",
            discussion: """
                Nothing is connected to unless '--learn' is given. Then every device is opened and read a few times, \
                which measures its turnaround and finds what it refuses; nothing is written.

                EXAMPLES:
                  modbus-mapper plan --profile devices/
                  modbus-mapper plan --profile devices/ --turnaround 10 --json
                  modbus-mapper plan --profile devices/ --learn

                EXIT CODES: 0 every bus can do it, 1 a bus is asked for more than it can do, 69 with '--learn' a \
                device did not answer, 78 errors in the profile.
                """
        )
    }

    @OptionGroup var options: ProfileOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Ask the devices first.")
    var learn = false

    @Option(help: "How long a unit on a serial line is taken to need for an answer, in milliseconds.")
    var turnaround = 0.0

    @Option(help: "How long an exchange over a network is taken to last, in milliseconds.")
    var roundTrip = 1.0

    func validate() throws {
        guard (0...60_000).contains(turnaround) else { throw ValidationError("'--turnaround' takes 0…60000 ms") }
        guard roundTrip > 0, roundTrip <= 60_000 else { throw ValidationError("'--round-trip' takes 0…60000 ms") }
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        let driver = ModbusMapper.makeDriver(
            logger: context.logger(ModbusMapper.name, level: options.logLevel?.level ?? .warning)
        )
        let contents = DeviceCatalog(driver: driver).contents(of: options.profiles)
        // An overload is said below, with its figures.
        context.console.complain(contents.diagnostics.filter { $0.severity == .error })
        guard !contents.diagnostics.containsErrors else { return .configuration }
        guard !contents.devices.isEmpty else {
            context.console.complain("error: there is no device of this mapper's protocol in the profile")
            return .configuration
        }
        let allAnswered = learn ? await learnAll(contents.devices, driver, context) : true
        let assumptions = BusForecast.Assumptions(turnaround: turnaround / 1000, roundTrip: roundTrip / 1000)
        let buses = driver.forecasts(contents.devices, assuming: assumptions)
        let lines = json ? [PlanReport.json(buses).description] : buses.flatMap(PlanReport.lines)
        lines.forEach(context.console.print)
        if !allAnswered { return .unavailable }
        return buses.contains { $0.load > 1 } ? .negative : .success
    }

    private func learnAll(
        _ devices: [Device<ModbusConnection, ModbusVisitor>],
        _ driver: ModbusDriver,
        _ context: CommandContext
    ) async -> Bool {
        var allAnswered = true
        for device in devices {
            do {
                try await driver.learn(device)
            } catch {
                allAnswered = false
                context.console.complain("error: device '\(device.id)': \(error)")
            }
        }
        return allAnswered
    }
}
