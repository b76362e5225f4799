// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Plays the devices of a profile, for tests and demonstrations without hardware.
struct SimulateCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "simulate",
            abstract: "Play a profile's devices, for tests without hardware.",
            discussion: """
                Serves every device of this mapper's protocol until SIGINT or SIGTERM. Values move inside the limits \
                of the device models; what can be written keeps what was written.

                \(faults)EXAMPLES:
                  \(Program.name) simulate --profile devices/
                  \(Program.name) simulate --profile deviceProfile.json --port 1502

                EXIT CODES: 0 stopped by a signal, 64 a fault that this mapper does not know, 69 this mapper cannot \
                simulate or the port is taken, 78 errors in the profile.
                """
        )
    }

    /// What the driver says about its faults.
    private static var faults: String {
        guard let driver = Program.Driver.self as? any DeviceSimulating.Type, !driver.faultHelp.isEmpty else {
            return ""
        }
        return "FAULTS:\n\(driver.faultHelp)\n\n"
    }

    @OptionGroup var options: ProfileOptions

    @Option(help: "Where to listen instead of the ports in the profile; 0 takes any free one.")
    var port: Int?

    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp("A failure to rehearse, see FAULTS. Can be given several times.", valueName: "spec")
    )
    var faults: [String] = []

    @Option(
        help: ArgumentHelp("Let the same failures come again; without it they are others each time.", valueName: "n")
    )
    var seed: UInt64?

    @Flag(help: "Let pseudo terminals be as slow as the serial lines they stand for.")
    var pace = false

    @Option(help: ArgumentHelp("Write every request to a file, one JSON object a line.", valueName: "file"))
    var requestLog: String?

    @Flag(help: "Let each place hold a number that tells it from the others; nothing moves.")
    var identify = false

    func validate() throws {
        guard let port, !(0...65535).contains(port) else { return }
        throw ValidationError("'--port' is \(port), allowed is 0…65535")
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        let logger = context.logger(Program.name, level: options.logLevel?.level ?? .info)
        let driver = Program.makeDriver(logger: logger)
        guard let simulating = driver as? any DeviceSimulating else {
            context.console.complain("error: \(Program.name) cannot play devices: its driver has no simulation")
            return .unavailable
        }
        return await simulate(simulating, context)
    }

    private func simulate(_ driver: some DeviceSimulating, _ context: CommandContext) async -> CommandStatus {
        let console = context.console
        let contents = DeviceCatalog(driver: driver).contents(of: options.profiles)
        console.complain(contents.diagnostics)
        guard !contents.diagnostics.containsErrors else { return .configuration }
        guard !contents.devices.isEmpty else {
            console.complain("error: there is no device of this mapper's protocol in the profile")
            return .configuration
        }
        let findings = driver.check(simulationOptions, for: contents.devices)
        console.complain(findings)
        guard !findings.containsErrors else { return .usage }
        return await serve(contents.devices, with: driver, context)
    }

    private var simulationOptions: SimulationOptions {
        SimulationOptions(
            port: port,
            faults: faults,
            seed: seed,
            isPaced: pace,
            requestLog: requestLog,
            identifiesPlaces: identify
        )
    }

    private func serve<Driver: DeviceSimulating>(
        _ devices: [DriverBinding<Driver>.BoundDevice],
        with driver: Driver,
        _ context: CommandContext
    ) async -> CommandStatus {
        let stop = GracefulStop(grace: .milliseconds(1500), clock: context.clock)
        let (console, options) = (context.console, simulationOptions)
        let outcome = await stop.run(signals: await context.stopSignals(), onStop: { _ in }) {
            try await driver.simulate(devices, with: options) { lines in
                for line in lines { console.print(LogText.escaped(line)) }
            }
        }
        switch outcome {
        case .ended: return .success
        case .abandoned:
            context.leave(CommandStatus.success.rawValue)
            return .success
        case .interrupted(let signal):
            context.leave(signal.exitCode)
            return .success
        case .failed(let error):
            console.complain("error: the devices cannot be played: \(LogText.escaped("\(error)"))")
            return .unavailable
        }
    }
}
