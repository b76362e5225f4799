// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BluetoothDriver
import MapperCommand

/// Says what is wrong with this machine's Bluetooth.
struct DoctorCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine's Bluetooth, and say how to cure what is wrong.",
        discussion: """
            Looks at the kernel, its sockets, the process's capabilities, the adapters and bluetoothd; in a container, at \
            the container's view of them. Nothing is changed.

            EXAMPLES:
              bluetooth-mapper doctor
              kubectl exec deploy/bluetooth-mapper -- bluetooth-mapper doctor --json

            EXIT CODES: 0 nothing is an error, 69 something is.
            """
    )

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    func execute(in context: CommandContext) async -> CommandStatus {
        let report = DoctorReport(findings: await SystemFindings.ofThisMachine())
        if json { context.console.print(report.json.description) } else { report.lines.forEach(context.console.print) }
        return report.isHealthy ? .success : .unavailable
    }
}
