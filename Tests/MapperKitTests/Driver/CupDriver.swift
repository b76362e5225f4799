// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// A driver as small as they get, with all that a driver can do: its devices are cups, each with a level.
struct CupDriver: DirectDriver {
    struct ProtocolConfig: Decodable, Hashable, Sendable { var shelf: Int }

    struct VisitorConfig: Decodable, Hashable, Sendable {
        var mark: String
        var scale: Double?
    }

    /// What is in the cups, by mark.
    final class Levels: Sendable {
        let values = Mutex<[String: PropertyValue]>([:])
    }

    var protocolNames = ["cup"]
    let levels = Levels()

    func read(_ visitor: Visitor, of device: BoundDevice) async throws -> Sample {
        guard let level = levels.values.withLock({ $0[visitor.config.mark] }) else {
            throw DeviceError(.rejected, "no mark '\(visitor.config.mark)' on shelf \(device.config.shelf)")
        }
        return Sample(level)
    }

    func write(_ value: PropertyValue, to visitor: Visitor, of device: BoundDevice) async throws {
        levels.values.withLock { $0[visitor.config.mark] = value }
    }

    func check(_ device: BoundDevice) -> [Diagnostic] {
        device.config.shelf < 10 ? [] : [.error(at: device.location(of: "shelf"), "there are 10 shelves")]
    }

    func check(_ devices: [BoundDevice]) -> [Diagnostic] {
        devices.count < 3 ? [] : [.warning(at: nil, "\(devices.count) cups are a crowd")]
    }

    func transform(for visitor: VisitorConfig) -> ValueTransform { ValueTransform(scale: visitor.scale ?? 1) }

    func deadband(for visitor: VisitorConfig) -> Double { 0.25 }
}

extension CupDriver: DeviceDiscovering {
    static var discoveryHelp: String { "Looks on the shelves." }

    func discover(for time: Duration, found: @escaping @Sendable (DiscoveredDevice) -> Void) async throws {
        if protocolNames == ["broken"] { throw DeviceError(.unreachable, "the cupboard is locked") }
        found(DiscoveredDevice(name: "cup", summary: "a cup", protocolConfig: ["shelf": 1]))
    }
}

extension CupDriver: DeviceSimulating {
    static var faultHelp: String { "leak: it leaks" }
    static var simulationOptions: Set<SimulationOptions.Name> { [.port, .pace] }

    func check(_ options: SimulationOptions, for devices: [BoundDevice]) -> [Diagnostic] {
        let unknown = options.faults.filter { $0 != "leak" && $0 != "\(protocolNames[0])-leak" }
        return unknown.map { .error(at: nil, "fault '\($0)': \(protocolNames[0]) knows leak") }
            + (options.seed == nil ? [] : [.error(at: nil, "cups know no chance")])
    }

    func simulate(
        _ devices: [BoundDevice],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        if protocolNames == ["broken"] { throw DeviceError(.unreachable, "the cupboard is locked") }
        ready(devices.map { "\($0.id) plays \(protocolNames[0]) \(options.faults) \(options.isPaced)" })
        try await Task.sleep(for: .seconds(3600))
    }
}
