// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperTesting

@testable import MapperDMI
@testable import mapperctl

/// An EdgeCore and a mapper with scripted devices, on real sockets in a folder of their own.
struct Bench: Sendable {
    let server: DMIServer
    let driver = ScriptedDriver()
    let log = LogRecord()
    let folder: String

    /// Runs a body with an EdgeCore that serves, and a mapper that does not run yet.
    static func run(
        version: EdgeCoreVersion = DMIServerOptions.defaultVersion,
        isLimited: Bool = true,
        _ body: (Bench) async throws -> Void
    ) async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/dmi-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = DMIServerOptions(socketPath: "\(folder)/dmi.sock", version: version)
        options.isLimited = isLimited
        let bench = Bench(server: DMIServer(options), folder: folder)
        try await bench.server.start()
        do {
            try await body(bench)
        } catch {
            await bench.server.stop()
            throw error
        }
        await bench.server.stop()
    }

    private init(server: DMIServer, folder: String) {
        self.server = server
        self.folder = folder
    }

    func configuration(_ name: String = "bench") -> DMIConfiguration {
        var configuration = DMIConfiguration(
            edgeCoreSocket: server.options.socketPath,
            mapperSocket: "\(folder)/\(name).sock",
            name: "\(name)-mapper",
            version: "v1",
            protocolName: "scripted"
        )
        // What tests wait for comes from the first requests, which are sent at once.
        configuration.requestBurst = 90
        configuration.messagesPerSecond = 1000
        return configuration
    }

    func link(_ configuration: DMIConfiguration? = nil, level: Logger.Level = .info) throws -> DMIEdgeLink {
        let driver = driver
        return try DMIEdgeLink(
            configuration: configuration ?? self.configuration(),
            driverProtocol: "scripted",
            check: { DriverBinding(driver).bind($0).diagnostics },
            logger: log.logger(level)
        )
    }

    /// Runs a mapper while a body runs.
    func withMapper(
        _ configuration: DMIConfiguration? = nil,
        level: Logger.Level = .info,
        _ body: (DMIEdgeLink) async throws -> Void
    ) async throws {
        let link = try link(configuration, level: level)
        let mapper = Mapper(driver: driver, link: link, logger: log.logger)
        let task = Task { try await mapper.run() }
        do {
            try await body(link)
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        try await task.value
    }

    // MARK: Devices

    static let model = DeviceModel(
        id: DeviceID("boiler", namespace: "default"),
        properties: [
            DeviceModel.Property(name: "temperature", dataType: .double),
            DeviceModel.Property(name: "threshold", dataType: .int, accessMode: .readWrite),
        ]
    )

    static func device(
        _ name: String = "boiler-1",
        threshold: String? = nil,
        address: String = "here",
        cycle: Duration = .milliseconds(100),
        scale: Int64? = nil
    ) -> DeviceInstance {
        let visitor: ConfigNode = scale.map { ["scale": ConfigNode(.int($0))] } ?? [:]
        return DeviceInstance(
            id: DeviceID(name, namespace: "default"),
            modelName: "boiler",
            protocolName: "scripted",
            protocolConfig: ["address": ConfigNode(.string(address))],
            properties: model.properties.map { property in
                Property(
                    model: property,
                    visitor: visitor,
                    collectCycle: cycle,
                    desired: property.name == "threshold" ? threshold : nil
                )
            }
        )
    }

    /// Makes these the node's devices, as the cluster does.
    func put(_ devices: DeviceInstance...) {
        for device in devices { prepare(device.id) }
        server.put(DeviceProfile(models: devices.isEmpty ? [] : [Self.model], devices: devices))
    }

    /// Gives a device values to be read, unless it has some.
    private func prepare(_ id: DeviceID) {
        guard driver[id].value("temperature") == nil else { return }
        driver[id].set("temperature", .double(21.5))
        driver[id].set("threshold", .int(10))
    }

    // MARK: Waiting

    /// Waits until calls on mappers have ended, and gives them all.
    @discardableResult
    func calls(_ count: Int) async throws -> [String] {
        try await server.history.first { $0.calls.count >= count ? $0.calls.map(\.description) : nil }
    }

    /// Waits until EdgeCore took a value of a property, which counts from now on only if the history was cleared.
    func reported(_ text: String, _ property: String = "temperature", of name: String = "boiler-1") async throws {
        try await server.history.first { history in
            history.twins(of: name).contains { $0.propertyName == property && $0.reported.value == text } ? () : nil
        }
    }
}

extension DMIHistory {
    /// The registrations that EdgeCore took.
    var registrations: [DMIMapperInfo] {
        requests.compactMap { entry in
            guard case .register(let request) = entry.request, entry.refusal == nil else { return nil }
            return request.mapper
        }
    }

    /// The reports that EdgeCore took.
    var reports: [DMIReportDeviceStatusRequest] {
        requests.compactMap { entry in
            guard case .reportStatus(let request) = entry.request, entry.refusal == nil else { return nil }
            return request
        }
    }

    /// The states that EdgeCore took, of one device.
    func states(of name: String) -> [String] {
        requests.compactMap { entry in
            guard case .reportStates(let request) = entry.request, entry.refusal == nil else { return nil }
            return request.deviceName == name ? request.state : nil
        }
    }

    /// The twins that EdgeCore took, of one device.
    func twins(of name: String) -> [DMITwin] {
        reports.filter { $0.deviceName == name }.flatMap(\.reportedDevice.twins)
    }

    /// How many requests were refused.
    var refusals: Int { requests.count { $0.refusal != nil } }
}
