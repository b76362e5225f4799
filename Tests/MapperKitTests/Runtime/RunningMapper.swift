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

    /// Runs a mapper while a test works on it.
    static func run(
        options: MapperOptions = MapperOptions(),
        _ body: (RunningMapper) async throws -> Void
    ) async throws {
        let running = RunningMapper()
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
