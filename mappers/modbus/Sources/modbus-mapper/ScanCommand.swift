// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Logging
import MapperCommand
import MapperKit
import ModbusDriver

/// Looks for units and for what can be read in them.
struct ScanCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Find units, their tables and readable addresses, by reading only.",
        discussion: """
            Asks every unit for one register; a refusal is an answer, too. In units that answer it looks through the \
            four tables: it reads as much as the protocol allows, halves where that is refused, and tries single \
            addresses where nothing can be read. Nothing is ever written. Registers whose reading has side effects \
            are read like all others: --tables and --addresses keep away from them.

            Over TCP units 1, 255, 0 and 247 are asked first, and the others only if not all of these answer: most \
            devices with a connection of their own do not look at the number. On serial lines it is 1 to 247.

            Stopped with Ctrl-C it prints what it has found.

            EXAMPLES:
              modbus-mapper scan --tcp 192.168.1.20
              modbus-mapper scan --tcp 10.0.0.5:4001 --rtu-over-tcp --units 1-20
              modbus-mapper scan --serial /dev/ttyUSB0 --parity even --units 1-32
              modbus-mapper scan --tcp 10.0.0.5 --units 1 --write meter.yaml

            EXIT CODES: 0 units answered, 1 none did or the scan ended early, 64 wrong command line or the file exists, \
            69 the way to the units cannot be opened, 74 the file could not be written.
            """
    )

    @OptionGroup var way: ScanWay
    @OptionGroup var scope: ScanScope

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    @Option(help: ArgumentHelp("Write a DeviceModel and a Device for each unit as YAML.", valueName: "file"))
    var write: String?

    @Flag(help: "Let --write replace a file.")
    var force = false

    @Option(help: "What the log shows.")
    var logLevel: LogLevelArgument?

    func validate() throws {
        let connection = try way.connection()
        if connection.communicateMode != "TCP", let units = scope.units,
            units.numbers.contains(where: { $0 % 255 == 0 })
        {
            throw ValidationError("'--units' names 0 or 255, allowed on serial lines is 1…247")
        }
        guard let write, !force, FileManager.default.fileExists(atPath: write) else { return }
        throw ValidationError("'\(write)' exists; --force replaces it")
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        guard let connection = try? way.connection() else { return .usage }
        let line = ProgressLine()
        let scan = ModbusScan(scope.plan(connection), clock: context.clock) { line.show($0) }
        let logger = context.logger("modbus-mapper", level: logLevel?.level ?? .error)
        let stop = GracefulStop(grace: .seconds(1), clock: context.clock)
        let outcome = await stop.run(signals: await context.stopSignals(), onStop: { _ in }) {
            try await scan.run(logger: logger)
        }
        line.clear()
        if case .failed(let error) = outcome {
            context.console.complain("error: \(error)")
            return .unavailable
        }
        return finish(scan.report, context.console)
    }

    private func finish(_ report: ScanReport, _ console: Console) -> CommandStatus {
        if json { console.print(report.json.description) } else { report.lines.forEach(console.print) }
        if let write, let complaint = save(report, to: write) {
            console.complain("error: \(complaint)")
            return .inputOutput
        }
        return report.units.isEmpty || report.interruption != nil ? .negative : .success
    }

    /// Writes the objects; says what is wrong when that is not possible.
    private func save(_ report: ScanReport, to path: String) -> String? {
        let profile = ScanProfile(report)
        guard profile.propertyCount > 0 else { return "nothing could be read, so '\(path)' is not written" }
        do {
            let options: Data.WritingOptions = force ? .atomic : .withoutOverwriting
            try Data(profile.description.utf8).write(to: URL(filePath: path), options: options)
            return nil
        } catch {
            return "'\(path)' could not be written: \(error)"
        }
    }
}
