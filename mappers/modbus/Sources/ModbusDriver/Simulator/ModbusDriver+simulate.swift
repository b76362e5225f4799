// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
public import MapperKit

extension ModbusDriver: DeviceSimulating {
    /// The grammar of faults.
    public static var faultHelp: String { SimulatorFault.help }

    /// All of them.
    public static var simulationOptions: Set<SimulationOptions.Name> { Set(SimulationOptions.Name.allCases) }

    /// A folder, ports of its own, and failures.
    public static var simulationExamples: [String] {
        [
            "--profile devices/", "--profile deviceProfile.json --port 1502",
            "--profile devices/ --fault meter-01:drop=1% --seed 7",
        ]
    }

    /// Finds faults that there are not, and devices that are not in the profile.
    public func check(
        _ options: SimulationOptions,
        for devices: [Device<ModbusConnection, ModbusVisitor>]
    ) -> [Diagnostic] {
        FaultCheck(texts: options.faults, devices: devices.map(\.id)).findings
    }

    /// Plays devices with libmodbus's own server code.
    ///
    /// TCP devices are served on 127.0.0.1: without `port` on their own ports, with `port` the first host and port of
    /// the profile there, the second on the next port and so on; what shares a host and port in the profile shares a
    /// listener. Serial devices are served on their serial port where it exists, else on a pseudo terminal whose path
    /// is told. A unit that no device has is answered with exception 11 over TCP, and not at all on a serial line.
    ///
    /// To identify places, a register holds unit × 4096 + address, modulo 65536, and a bit the parity of that number.
    public func simulate(
        _ devices: [Device<ModbusConnection, ModbusVisitor>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        let stop = try StopSignal()
        let log = try options.requestLog.map { path in
            try RequestLog(path) { logger.error("the request log \(path) ends here: \($0)") }
        }
        let setup = try SimulatorSetup(devices, options, transform: transform(for:))
        ready(setup.lines)
        defer { log?.flush() }
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup { group in
                for places in setup.threads { group.addTask { try await Self.serve(places, until: stop, log) } }
                try await group.waitForAll()
            }
        } onCancel: {
            stop.raise()
        }
    }

    private static func serve(_ places: [SimulatorPlacePlan], until stop: StopSignal, _ log: RequestLog?) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do throws(DeviceError) {
                try DedicatedThread.start { continuation.resume(with: run(places, until: stop, log)) }
            } catch {
                for place in places { place.endpoint.close() }
                stop.raise()
                continuation.resume(throwing: error)
            }
        }
    }

    /// Serves on the calling thread; everything is closed when it returns.
    private static func run(
        _ places: [SimulatorPlacePlan],
        until stop: StopSignal,
        _ log: RequestLog?
    ) -> Result<Void, DeviceError> {
        defer { for place in places { place.endpoint.close() } }
        do throws(DeviceError) {
            var server = try SimulatorServer(places, stop: stop, log: log)
            server.run()
            return .success(())
        } catch {
            stop.raise()
            return .failure(error)
        }
    }
}
