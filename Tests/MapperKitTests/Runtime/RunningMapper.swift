// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperTesting

/// A mapper under test: scripted devices below, an edge in memory above, a clock moved by hand.
struct RunningMapper {
    let edge = InMemoryEdge()
    let driver = ScriptedDriver()
    let clock = ManualClock()

    /// Lets time flow, never ahead of a mapper that is busy, until something has happened.
    func flow<Result: Sendable>(
        until happening: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await happening() }
            group.addTask {
                while !Task.isCancelled { await clock.advance(by: .milliseconds(50), keeping: 1) }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// Lets time flow until a device was read so many times more.
    func flow(readings count: Int, of device: ScriptedDevice) async throws {
        let target = device.count(of: .read) + count
        try await flow { try await device.wait(for: .read, count: target) }
    }

    /// The times between the readings that went out as telemetry, however often they did.
    var telemetryGaps: [Duration] {
        let times = edge.telemetry.flatMap { $0.values.values.map(\.acquiredAt.milliseconds) }
        return zip(times, times.dropFirst()).map { Duration.milliseconds($1 - $0) }
    }

    /// Runs a mapper while a test works on it.
    static func run(
        options: MapperOptions = MapperOptions(),
        _ body: (RunningMapper) async throws -> Void
    ) async throws {
        let running = RunningMapper()
        var options = options
        // Tests count moments; chance places would only be in the way.
        options.spreadsCycles = false
        let mapper = Mapper(
            driver: running.driver,
            link: running.edge,
            options: options,
            clock: running.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await mapper.run() }
            try await body(running)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

extension DeviceInstance {
    /// A scripted device with properties that are read every second.
    static func scripted(
        _ name: String,
        address: String = "here",
        _ properties: Property...
    ) -> DeviceInstance {
        DeviceInstance(
            id: DeviceID(name),
            modelName: "model",
            protocolName: "scripted",
            protocolConfig: ["address": .init(stringLiteral: address)],
            properties: properties
        )
    }
}

extension Property {
    /// A property of a scripted device.
    static func scripted(
        _ name: String,
        _ type: DataType = .int,
        access: AccessMode = .readWrite,
        range: ValueRange = ValueRange(),
        visitor: ConfigNode = [:],
        cycle: Duration? = .seconds(1),
        reportCycle: Duration = .milliseconds(1),
        isTelemetry: Bool = false,
        desired: String? = nil
    ) -> Property {
        Property(
            model: DeviceModel.Property(name: name, dataType: type, accessMode: access, range: range),
            visitor: visitor,
            collectCycle: cycle,
            reportCycle: reportCycle,
            isTelemetry: isTelemetry,
            desired: desired
        )
    }
}
