// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit

/// Finds devices, and writes a profile for them.
struct DiscoverCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "discover",
            abstract: "Find devices, and write a first profile for them.",
            discussion: """
                Looks for devices that this mapper can reach, changes nothing in them, and prints a table, or \
                DeviceModel and Device objects that validate accepts: rename them, and say what is missing. Stopped \
                with Ctrl-C it prints what it has found.

                \(help)EXAMPLES:
                  \(Program.name) discover
                  \(Program.name) discover --for 60 --output yaml > found.yaml

                EXIT CODES: 0 devices were found, 1 none was, 64 wrong command line, 69 it is not possible to look.
                """,
            shouldDisplay: finder != nil
        )
    }

    /// How long a driver may take to end when time is over.
    private static var grace: Duration { .seconds(3) }

    /// The driver, if it can find devices.
    private static var finder: (any DeviceDiscovering.Type)? { Program.Driver.self as? any DeviceDiscovering.Type }

    /// What the driver says about it.
    private static var help: String {
        guard let help = finder?.discoveryHelp, !help.isEmpty else { return "" }
        return help + "\n\n"
    }

    @Option(name: .customLong("for"), help: ArgumentHelp("How long to look.", valueName: "seconds"))
    var seconds = 10

    @Option(help: ArgumentHelp("What to print.", valueName: "table|yaml"))
    var output = DiscoveryOutput.table

    @Option(name: .customLong("log-level"), help: "What the log shows.")
    var logLevel: LogLevelArgument?

    func validate() throws {
        guard (1...86_400).contains(seconds) else { throw ValidationError("'--for' takes 1…86400") }
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        let driver = Program.makeDriver(logger: context.logger(Program.name, level: logLevel?.level ?? .warning))
        guard let finder = driver as? any DeviceDiscovering else {
            context.console.complain("error: \(Program.name) cannot find devices: its driver has no discovery")
            return .unavailable
        }
        let findings = DiscoveryFindings()
        let outcome = await search(with: finder, findings, context)
        let devices = findings.devices
        printAll(devices, protocolName: finder.protocolNames.first ?? "", context.console)
        switch outcome {
        case .failed(let error):
            context.console.complain("error: devices cannot be found: \(LogText.escaped("\(error)"))")
            return .unavailable
        case .abandoned: context.leave((devices.isEmpty ? CommandStatus.negative : .success).rawValue)
        case .interrupted(let signal): context.leave(signal.exitCode)
        case .ended: break
        }
        return devices.isEmpty ? .negative : .success
    }

    private func search(
        with driver: some DeviceDiscovering,
        _ findings: DiscoveryFindings,
        _ context: CommandContext
    ) async -> GracefulStop.Outcome {
        let time = Duration.seconds(seconds)
        let stop = GracefulStop(grace: Self.grace, clock: context.clock)
        let signals = Self.signals(await context.stopSignals(), endingAfter: time, context.clock)
        return await stop.run(signals: signals, onStop: { _ in }) {
            // As in a running mapper, so that a driver may block here as it may there.
            try await withTaskExecutorPreference(BlockingExecutor()) {
                try await driver.discover(for: time) { findings.add($0) }
            }
        }
    }

    /// The signals, with one more when time is over.
    private static func signals(
        _ signals: AsyncStream<StopSignal>,
        endingAfter time: Duration,
        _ clock: any MapperClock
    ) -> AsyncStream<StopSignal> {
        let (merged, inbox) = AsyncStream.makeStream(of: StopSignal.self, bufferingPolicy: .bufferingNewest(3))
        let end = clock.uptime + time
        let people = Task { for await signal in signals { inbox.yield(signal) } }
        let timer = Task {
            guard (try? await clock.sleep(untilUptime: end)) != nil else { return }
            inbox.yield(.terminate)
        }
        inbox.onTermination = { _ in
            people.cancel()
            timer.cancel()
        }
        return merged
    }

    private func printAll(_ devices: [DiscoveredDevice], protocolName: String, _ console: Console) {
        switch output {
        case .table:
            guard !devices.isEmpty else { return console.complain("no device was found") }
            var table = TextTable(["NAME", "WHAT", "PROPERTIES"])
            for device in devices {
                table.add([device.name, device.summary, device.properties.map(\.model.name).joined(separator: ", ")])
            }
            table.lines.forEach(console.print)
        case .yaml:
            let objects = devices.map { DiscoveredObjects($0, protocolName: protocolName).yaml }
            if objects.isEmpty {
                console.complain("no device was found")
            } else {
                console.print(objects.joined(separator: "\n---\n"))
            }
        }
    }
}
