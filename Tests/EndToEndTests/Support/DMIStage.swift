// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperDMI
import MapperKit
import MapperProfile

@testable import MapperTesting
@testable import mapperctl

/// One thermostat and a mapper, both real programs, and an EdgeCore in this process that they meet by DMI.
final class DMIStage {
    static let device = "thermostat-01"
    /// Where the device has its setpoint, in tenths of a degree.
    static let register: UInt16 = 0

    let folder: ScratchFolder
    /// Sees what the mapper asks of the device.
    let relay: CountingRelay
    let server: DMIServer
    /// Where the mapper listens.
    let mapperSocket: String
    private let simulator: RunningProgram
    private var profile: DeviceProfile
    private(set) var mapper: RunningProgram

    /// Returns when all of it is started, but for EdgeCore if that is left out.
    init(version: EdgeCoreVersion = DMIServerOptions.defaultVersion, startsEdgeCore: Bool = true) async throws {
        folder = try ScratchFolder()
        let port = try LoopbackSocket.freePort()
        relay = try CountingRelay(to: port)
        try ThermostatProfile([ThermostatProfile.Device(port: port)]).write(to: folder, "simulated")
        try ThermostatProfile([ThermostatProfile.Device(port: relay.port)]).write(to: folder, "profile")
        profile = try ProfileLoader().load([folder.url.appending(path: "profile").path]).profile
        let path = folder.url.path
        mapperSocket = "\(path)/modbus.sock"
        server = DMIServer(DMIServerOptions(socketPath: "\(path)/dmi.sock", version: version))
        let programs = Programs(broker: "", logs: folder.url)
        simulator = try await programs.simulator("\(path)/simulated")
        try folder.write(Self.configuration(folder: path), to: "config.yaml")
        if startsEdgeCore { try await server.start() }
        server.put(profile)
        mapper = try Self.mapper(in: folder)
    }

    /// A configuration file as mapper-framework makes one for each mapper.
    private static func configuration(folder: String) -> String {
        """
        grpc_server:
          socket_path: \(folder)/modbus.sock
        common:
          name: modbus-mapper
          version: v1.13.0
          api_version: v1.0.0
          protocol: modbus
          address: 127.0.0.1
          edgecore_sock: \(folder)/dmi.sock
          http_port: 7777

        """
    }

    private static func mapper(in folder: ScratchFolder) throws -> RunningProgram {
        let file = folder.url.appending(path: "config.yaml").path
        return try RunningProgram("mapper", Executables.mapper, ["run", "--config-file", file], logs: folder.url)
    }

    /// What the programs have said last.
    var evidence: String {
        let lines = server.history.now.lines.suffix(15).map(\.description)
        return ([mapper.tail, simulator.tail, "--- EdgeCore"] + lines).joined(separator: "\n")
    }

    /// Starts another mapper with the same configuration.
    func startMapper() throws { mapper = try Self.mapper(in: folder) }

    /// Starts one beside it.
    func secondMapper() throws -> RunningProgram { try Self.mapper(in: folder) }

    // MARK: What is desired and what comes of it

    /// Wants a setpoint as somebody does who edits the Device object.
    /// - Parameter tenths: In tenths of a degree.
    func desire(_ tenths: UInt16) {
        guard let index = profile.devices[0].properties.firstIndex(where: { $0.name == "setpoint" }) else { return }
        profile.devices[0].properties[index].desired = Self.text(tenths)
        server.put(profile)
    }

    /// A setpoint as people write it.
    static func text(_ tenths: UInt16) -> String { "\(tenths / 10).\(tenths % 10)" }

    /// The setpoints that the device was given, in order.
    var written: [UInt16] { relay.writes.filter { $0.register == Self.register }.map(\.value) }

    /// How many requests EdgeCore has seen; a place to count from.
    var count: Int { server.history.now.requests.count }

    /// The twins of a property that EdgeCore took, in order.
    func twins(of property: String, since start: Int = 0) -> [DMITwin] {
        server.history.now.requests.dropFirst(start).flatMap { entry -> [DMITwin] in
            guard case .reportStatus(let request) = entry.request, entry.refusal == nil else { return [] }
            guard request.deviceName == Self.device else { return [] }
            return request.reportedDevice.twins.filter { $0.propertyName == property }
        }
    }

    /// Waits until a setpoint is in the device's register and EdgeCore knows that it is.
    func fulfilled(_ tenths: UInt16, since start: Int, within limit: Duration = .seconds(20)) async throws {
        let text = Self.text(tenths)
        try await eventually("a setpoint of \(text)", within: limit, evidence: evidence) {
            written.last == tenths
                && twins(of: "setpoint", since: start).contains {
                    $0.reported.value == text && $0.observedDesired.value == text
                }
        }
    }

    /// Waits until a temperature comes that is another one.
    func temperature(
        otherThan old: String?,
        since start: Int,
        within limit: Duration = .seconds(20)
    ) async throws {
        try await eventually("a temperature other than \(old ?? "none")", within: limit, evidence: evidence) {
            twins(of: "temperature", since: start).contains { $0.reported.value != old }
        }
    }

    /// What the device itself holds, asked without the mapper.
    func held(_ property: String) async throws -> String? {
        let profile = folder.url.appending(path: "simulated").path
        let arguments = ["read", Self.device, property, "--profile", profile]
        let reader = try RunningProgram("read", Executables.mapper, arguments, logs: folder.url)
        guard try await reader.exitCode(within: .seconds(10)) == 0 else { return nil }
        return reader.lines(with: property).first?.split(separator: " ").dropFirst().first.map(String.init)
    }
}
