// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import MapperKit

extension ModbusDriver: DeviceSimulating {
    /// Plays devices with libmodbus's own server code.
    ///
    /// TCP devices are served on 127.0.0.1: without `port` on their own ports, with `port` the first host and port of
    /// the profile there, the second on the next port and so on; what shares a host and port in the profile shares a
    /// listener. Serial devices are served on their serial port where it exists, else on a pseudo terminal whose path
    /// is told. A unit that no device has is answered with exception 11 over TCP, and not at all on a serial line.
    public func simulate(
        _ devices: [Device<ModbusConnection, ModbusVisitor>],
        port: Int?,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        let stop = try StopSignal()
        var lines: [String] = []
        var servers: [SimulatorServer] = []
        for (position, group) in busGroups(devices).enumerated() {
            let endpoint = try endpoint(for: group.address, port: port, position: position)
            servers.append(SimulatorServer(source: endpoint.source, units: properties(of: group.devices), stop: stop))
            lines += group.devices.map { "device \($0.id): modbus \(endpoint.description) unit \($0.config.slaveID)" }
        }
        ready(lines)
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup { group in
                for server in servers { group.addTask { try await Self.serve(server) } }
                try await group.waitForAll()
            }
        } onCancel: {
            stop.raise()
        }
    }

    private static func serve(_ server: SimulatorServer) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do throws(DeviceError) {
                try DedicatedThread.start {
                    server.run()
                    continuation.resume()
                }
            } catch {
                server.stop.raise()
                continuation.resume(throwing: error)
            }
        }
    }

    /// The devices by bus, in the order of the profile.
    private func busGroups(
        _ devices: [Device<ModbusConnection, ModbusVisitor>]
    ) -> [(address: BusAddress, devices: [Device<ModbusConnection, ModbusVisitor>])] {
        var order: [BusAddress] = []
        var groups: [String: [Device<ModbusConnection, ModbusVisitor>]] = [:]
        for device in devices {
            guard let address = device.config.bus else { continue }
            if groups[address.key] == nil { order.append(address) }
            groups[address.key, default: []].append(device)
        }
        return order.map { ($0, groups[$0.key] ?? []) }
    }

    private func properties(
        of devices: [Device<ModbusConnection, ModbusVisitor>]
    ) -> [UInt8: [SimulatedProperty]] {
        devices.reduce(into: [:]) { units, device in
            guard let number = UInt8(exactly: device.config.slaveID) else { return }
            units[number, default: []] += device.visitors.compactMap {
                SimulatedProperty($0, transform: transform(for: $0.config))
            }
        }
    }

    private func endpoint(for address: BusAddress, port: Int?, position: Int) throws -> SimulatorEndpoint {
        switch address {
        case .tcp(_, let own):
            guard let port else { return try .tcp(port: own) }
            return try .tcp(port: port == 0 ? 0 : port + position)
        case .rtuOverTCP:
            throw DeviceError(.unsupported, "\(address): serial frames over TCP cannot be simulated")
        case .serial(let line):
            return unsafe access(line.path, R_OK | W_OK) == 0 ? try .serial(line) : try .pseudoTerminal()
        }
    }
}
