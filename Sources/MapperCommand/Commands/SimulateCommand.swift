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

                \(faultText)EXAMPLES:
                \(examples)

                EXIT CODES: 0 stopped by a signal, 64 a fault or an option that this mapper does not know, 69 the \
                devices cannot be played here, 78 errors in the profile.
                """,
            shouldDisplay: player != nil
        )
    }

    /// The driver, if it can play its devices.
    private static var player: (any DeviceSimulating.Type)? { Program.Driver.self as? any DeviceSimulating.Type }

    /// What the driver says about its faults; empty for a driver without any.
    private static var faultText: String {
        guard let help = player?.faultHelp, !help.isEmpty else { return "" }
        return "FAULTS:\n\(help)\n\n"
    }

    private static var examples: String {
        let lines = player?.simulationExamples ?? ["--profile devices/"]
        return lines.map { "  \(Program.name) simulate \($0)" }.joined(separator: "\n")
    }

    /// An option's help, which is only shown where the option means something.
    private static func help(_ name: SimulationOptions.Name, _ text: String, of value: String? = nil) -> ArgumentHelp {
        let isShown = player?.simulationOptions.contains(name) ?? false
        return ArgumentHelp("\(text)", valueName: value, visibility: isShown ? .default : .hidden)
    }

    @OptionGroup var options: ProfileOptions

    @Option(help: Self.help(.port, "Where to listen instead of the ports in the profile; 0 takes any free one."))
    var port: Int?

    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            "A failure to rehearse, see FAULTS. Can be given several times.",
            valueName: "spec",
            visibility: Self.faultText.isEmpty ? .hidden : .default
        )
    )
    var faults: [String] = []

    @Option(
        help: Self.help(.seed, "What chance is drawn from: the same number brings the same again.", of: "n")
    )
    var seed: UInt64?

    @Flag(help: Self.help(.pace, "Let pseudo terminals be as slow as the serial lines they stand for."))
    var pace = false

    @Option(help: Self.help(.requestLog, "Write every request to a file, one JSON object a line.", of: "file"))
    var requestLog: String?

    @Flag(help: Self.help(.identify, "Let each place hold a number that tells it from the others; nothing moves."))
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
