// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Plays devices where their profiles say: behind adapters of the kernel, and behind Unix sockets.
///
/// They are played until ``stop()``, or until the stage is let go.
final class SimulatorStage: Sendable {
    typealias Device = MapperKit.Device<BluetoothConnection, BluetoothVisitor>

    /// For people: where each device is reached.
    let lines: [String]
    let names: SimulatorNames
    /// By the `adapter` of the profile.
    let servers: [String: SimulatorServer]

    /// Opens all places.
    /// - Throws: ``DeviceError`` when a place cannot be opened, or could not be found by the mapper.
    init(_ devices: [Device], with options: SimulationOptions = SimulationOptions()) async throws(DeviceError) {
        let faults = options.faults.compactMap { try? SimulatorFault($0) }
        var names = SimulatorNames()
        var peripherals: [(adapter: String, device: Device, peripheral: SimulatedPeripheral)] = []
        for device in devices {
            var peripheral = ProfilePeripheral(device, seed: options.seed ?? 0).peripheral
            peripheral.schedule = faults.filter { $0.befalls(device.id) }.map { ScheduledFault($0) }
            names.addresses[device.id.name] = peripheral.address
            names.addresses["\(device.id)"] = peripheral.address
            names.known.insert(peripheral.address)
            peripherals.append((device.config.adapter, device, peripheral))
        }
        self.names = names
        var servers: [String: SimulatorServer] = [:]
        var real: [String: String] = [:]
        let adapters = Set(peripherals.map(\.adapter)).sorted { ($0.count, $0) < ($1.count, $1) }
        do throws(DeviceError) {
            for adapter in adapters {
                let own = peripherals.filter { $0.adapter == adapter }.map(\.peripheral)
                let server = try Self.server(adapter, own, names)
                servers[adapter] = server
                if !adapter.hasPrefix("/") { real[adapter] = try await Self.name(of: server) }
            }
            try Self.check(real)
        } catch {
            for server in servers.values { server.stop() }
            throw error
        }
        self.servers = servers
        lines = peripherals.map { adapter, device, peripheral in
            let place = Self.place(adapter, real[adapter])
            return "device \(device.id): bluetooth \(peripheral.address) \(peripheral.kind.rawValue) \(place)"
        }
    }

    deinit { stop() }

    /// Ends all links, and takes all places away.
    func stop() { for server in servers.values { server.stop() } }

    /// Waits until one of the places has ended, whoever ended it.
    func waitForEnd() async {
        await withTaskGroup(of: Void.self) { group in
            for server in servers.values { group.addTask { for await _ in server.ended {} } }
            await group.next()
            stop()
        }
    }

    /// Does what a line says.
    /// - Returns: `ok`, or what is wrong and what is allowed.
    func take(_ line: String) -> String {
        switch names.command(line) {
        case .failure(let mistake): return "error: \(mistake.text)"
        case .success(let command):
            for server in servers.values { server.send(command.action, to: command.address) }
            return "ok"
        }
    }

    private static func server(
        _ adapter: String,
        _ peripherals: [SimulatedPeripheral],
        _ names: SimulatorNames
    ) throws(DeviceError) -> SimulatorServer {
        do throws(SimulatorProblem) {
            if adapter.hasPrefix("/") { return try SimulatorServer(at: adapter, around: peripherals, names: names) }
            let hash = SeededPhase.hash(adapter)
            let tail = (0..<3).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) }
            guard let address = BluetoothAddress(littleEndian: tail + [0x01, 0xAA, 0x00]) else {
                throw SimulatorProblem(what: "no address for \(adapter)", number: 0)
            }
            return try SimulatorServer(adapter: address, around: peripherals)
        } catch {
            guard !adapter.hasPrefix("/") else { throw DeviceError(.driverFailure, error.description) }
            let cure =
                "`modprobe hci_vhci` and root are needed, or an absolute path as 'adapter', such as /tmp/air.sock"
            throw DeviceError(.driverFailure, "\(adapter) cannot be played, \(error): \(cure)")
        }
    }

    /// The name that the kernel gives a virtual adapter.
    private static func name(of server: SimulatorServer) async throws(DeviceError) -> String {
        for _ in 0..<100 {
            if let index = server.adapterIndex { return "hci\(index)" }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                throw DeviceError(.cancelled, "the simulator was stopped")
            }
        }
        throw DeviceError(.driverFailure, "the kernel has not said within 5 s which adapter a virtual one is")
    }

    /// Refuses adapters that would be taken for each other.
    private static func check(_ real: [String: String]) throws(DeviceError) {
        for (wanted, name) in real.sorted(by: { $0.key < $1.key }) where name != wanted && real[name] != nil {
            let message = "the kernel has made \(name) of '\(wanted)', but \(name) is another adapter of the profile"
            throw DeviceError(.driverFailure, message + ": let 'adapter' begin with the first free number")
        }
    }

    private static func place(_ adapter: String, _ real: String?) -> String {
        guard let real, real != adapter else { return "on \(adapter)" }
        return
            "on \(real), NOT on \(adapter) as the profile says, which the machine had already: write 'adapter: \(real)'"
    }
}
