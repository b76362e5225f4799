// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Logging
public import MapperKit

extension BluetoothDriver: DeviceSimulating {
    /// The grammar of faults, and of the lines that are taken while devices are played.
    public static var faultHelp: String { SimulatorFault.help }

    /// Where values begin; Bluetooth has no ports, serial lines or numbered places.
    public static var simulationOptions: Set<SimulationOptions.Name> { [.seed] }

    /// A folder, and failures.
    public static var simulationExamples: [String] {
        [
            "--profile devices/", "--profile devices/ --fault thermo-01:absent=20s/60s",
            "--profile devices/ --fault 'error=0e 2a19'",
        ]
    }

    /// Finds faults that there are not, options that mean nothing, and properties that cannot be played.
    public func check(
        _ options: SimulationOptions,
        for devices: [Device<BluetoothConnection, BluetoothVisitor>]
    ) -> [Diagnostic] {
        SimulationCheck(options: options, devices: devices).findings
    }

    /// Plays devices where their `adapter` says: `hci0` is an adapter that the kernel's `hci_vhci` makes, an absolute path
    /// a Unix socket for mappers on machines without Bluetooth.
    ///
    /// Lines on standard input let something happen to a device; its end changes nothing.
    public func simulate(
        _ devices: [Device<BluetoothConnection, BluetoothVisitor>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        try await simulate(devices, with: options, lines: LineReader.lines(of: STDIN_FILENO), ready: ready)
    }

    /// Plays devices, and does what lines say.
    func simulate(
        _ devices: [Device<BluetoothConnection, BluetoothVisitor>],
        with options: SimulationOptions,
        lines: AsyncStream<String>,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        let stage = try await SimulatorStage(devices, with: options)
        ready(stage.lines)
        let script = Task { [logger] in
            for await line in lines where !line.allSatisfy(\.isWhitespace) {
                let answer = stage.take(line)
                if answer == "ok" {
                    logger.info("done: \(line)")
                } else {
                    logger.warning("\(answer)")
                }
            }
        }
        await withTaskCancellationHandler {
            await stage.waitForEnd()
        } onCancel: {
            stage.stop()
        }
        script.cancel()
        guard Task.isCancelled else { throw DeviceError(.driverFailure, "a place where devices are played is gone") }
    }
}
