// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BluetoothDriver
import MapperCommand
import MapperKit

/// Finds out who is in reach.
struct ScanCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "List the peripherals in reach, with what they advertise.",
        discussion: """
            The kernel's discovery, which knows names, and listening to every packet, which hears beacons, take turns. \
            Discovery needs CAP_NET_ADMIN, listening CAP_NET_RAW; where one is missing the other is used, and that is \
            said. Nothing is connected to. The adapter is switched on if it is off.

            On a terminal the table is drawn anew every second. Stopped with Ctrl-C it prints what it has found.

            EXAMPLES:
              bluetooth-mapper scan
              bluetooth-mapper scan --adapter hci1 --seconds 60 --names
              bluetooth-mapper scan --json

            EXIT CODES: 0 somebody is in reach, 1 nobody is, 64 wrong command line, 69 no scan is possible.
            """
    )

    @Option(help: ArgumentHelp("The radio (default: the first that can do Low Energy).", valueName: "hci0"))
    var adapter: String?

    @Option(help: ArgumentHelp("How long to scan.", valueName: "n"))
    var seconds = 10

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    @Flag(help: "List only peripherals that tell a name.")
    var names = false

    func validate() throws {
        try AdapterOption.check(adapter)
        guard (1...86_400).contains(seconds) else { throw ValidationError("'--seconds' takes 1…86400") }
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        let scan = PeripheralScan(adapter: adapter, clock: context.clock)
        let stop = GracefulStop(grace: .seconds(3), clock: context.clock)
        let drawing = Task { await draw(scan, context) }
        let outcome = await stop.run(signals: await context.stopSignals(), onStop: { _ in }) { [seconds] in
            try await scan.run(for: .seconds(seconds))
        }
        drawing.cancel()
        await drawing.value
        if case .failed(let error) = outcome {
            context.console.complain("error: \(error)")
            return .unavailable
        }
        let report = chosen(scan.report)
        for shortfall in report.shortfalls { context.console.complain("warning: \(shortfall)") }
        if json { context.console.print(report.json.description) } else { report.lines.forEach(context.console.print) }
        return report.peripherals.isEmpty ? .negative : .success
    }

    /// What the options leave of a report.
    func chosen(_ report: AirReport) -> AirReport {
        guard names else { return report }
        var report = report
        report.peripherals.removeAll { $0.name == nil }
        return report
    }

    /// Shows on a terminal what is known, until cancelled.
    private func draw(_ scan: PeripheralScan, _ context: CommandContext) async {
        guard !json, Terminal.size != nil else { return }
        while (try? await context.clock.sleep(untilUptime: context.clock.uptime + .seconds(1))) != nil {
            guard let size = Terminal.size else { return }
            context.console.print(Terminal.page(chosen(scan.report).lines, rows: size.rows, columns: size.columns))
        }
        context.console.print(Terminal.clear)
    }
}
