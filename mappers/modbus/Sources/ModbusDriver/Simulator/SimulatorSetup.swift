// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Opens the places where devices are played, and says which thread serves which.
struct SimulatorSetup {
    typealias Device = MapperKit.Device<ModbusConnection, ModbusVisitor>

    /// What each thread serves: all listeners one, each serial line another, so that its timing is disturbed by nobody.
    private(set) var threads: [[SimulatorPlacePlan]] = []
    /// For people: where each device is reached.
    private(set) var lines: [String] = []
    private let options: SimulationOptions
    private let faults: [SimulatorFault]
    private let seed: UInt64

    init(
        _ devices: [Device],
        _ options: SimulationOptions,
        transform: (ModbusVisitor) -> ValueTransform
    ) throws(DeviceError) {
        self.options = options
        faults = options.faults.compactMap { try? SimulatorFault($0) }
        seed = options.seed ?? .random(in: 0...999_999)
        var listeners: [SimulatorPlacePlan] = []
        do throws(DeviceError) {
            for (position, group) in Self.busGroups(devices).enumerated() {
                let (endpoint, framing) = try endpoint(for: group.address, position: position)
                let units = units(of: group.devices, transform)
                let place = SimulatorPlacePlan(endpoint: endpoint, framing: framing, units: units)
                if endpoint.isLine { threads.append([place]) } else { listeners.append(place) }
                lines += group.devices.map {
                    "device \($0.id): modbus \(endpoint.description) unit \($0.config.slaveID)"
                }
            }
        } catch {
            for place in threads.joined() + listeners { place.endpoint.close() }
            throw error
        }
        if !listeners.isEmpty { threads.append(listeners) }
        if !faults.isEmpty { lines.append("faults are drawn with --seed \(seed)") }
    }

    /// The devices by bus, in the order of the profile.
    private static func busGroups(_ devices: [Device]) -> [(address: BusAddress, devices: [Device])] {
        var order: [BusAddress] = []
        var groups: [String: [Device]] = [:]
        for device in devices {
            guard let address = device.config.bus else { continue }
            if groups[address.key] == nil { order.append(address) }
            groups[address.key, default: []].append(device)
        }
        return order.map { ($0, groups[$0.key] ?? []) }
    }

    private func units(
        of devices: [Device],
        _ transform: (ModbusVisitor) -> ValueTransform
    ) -> [UInt8: SimulatedUnitPlan] {
        Dictionary(grouping: devices) { UInt8(exactly: $0.config.slaveID) }.reduce(into: [:]) { units, group in
            guard let number = group.key, let first = group.value.first else { return }
            let faults = faults.filter { fault in group.value.contains { fault.befalls($0.id) } }
            units[number] = SimulatedUnitPlan(
                properties: group.value.flatMap { device in
                    device.visitors.compactMap {
                        SimulatedProperty($0, defaults: device.config.defaults, transform: transform($0.config))
                    }
                },
                faults: UnitFaults(faults, seed: seed, name: "\(first.id)"),
                identity: options.identifiesPlaces ? number : nil
            )
        }
    }

    private func endpoint(
        for address: BusAddress,
        position: Int
    ) throws(DeviceError) -> (SimulatorEndpoint, SimulatorFraming) {
        switch address {
        case .tcp(_, let own): return (try .listener(port: port(instead: own, position)), .tcp)
        case .rtuOverTCP(_, let own, _):
            return (try .listener(port: port(instead: own, position), name: "rtu over tcp"), .rtu)
        case .serial(let line):
            return unsafe access(line.path, R_OK | W_OK) == 0
                ? (try .serial(line, isPaced: options.isPaced), .rtu)
                : (try .pseudoTerminal(line, isPaced: options.isPaced), .rtu)
        }
    }

    private func port(instead own: Int, _ position: Int) -> Int {
        guard let port = options.port else { return own }
        return port == 0 ? 0 : port + position
    }
}
