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

                EXAMPLES:
                  \(Program.name) simulate --profile devices/
                  \(Program.name) simulate --profile deviceProfile.json --port 1502

                EXIT CODES: 0 stopped by a signal, 69 this mapper cannot simulate or the port is taken, 78 errors in \
                the profile.
                """
        )
    }

    @OptionGroup var options: ProfileOptions

    @Option(help: "Where to listen instead of the ports in the profile; 0 takes any free one.")
    var port: Int?

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
        return await serve(contents.devices, with: driver, context)
    }

    private func serve<Driver: DeviceSimulating>(
        _ devices: [DriverBinding<Driver>.BoundDevice],
        with driver: Driver,
        _ context: CommandContext
    ) async -> CommandStatus {
        let stop = GracefulStop(grace: .milliseconds(1500), clock: context.clock)
        let (console, port) = (context.console, port)
        let outcome = await stop.run(signals: await context.stopSignals(), onStop: { _ in }) {
            try await driver.simulate(devices, port: port) { lines in
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
