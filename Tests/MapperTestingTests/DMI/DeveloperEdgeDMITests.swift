// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperDMI
import MapperKit
import MapperTesting
import Testing

@testable import mapperctl

/// The developer's edge as somebody starts it, with DMI.
@Suite(.timeLimit(.minutes(2)))
struct DeveloperEdgeDMITests {
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: TestBroker.executable), "mosquitto is not installed")
    )
    func tellsABrokerWhatMappersReportAndTakesDesiredValuesFromIt() async throws {
        try await DMIPaths.with { paths in
            let run = try await EdgeRun(
                DeviceTwin(version: DMIServerOptions.defaultVersion),
                devices: [DMISample.boiler()],
                models: [DMISample.model],
                dmi: DMIServerOptions(socketPath: paths.edge)
            )
            let mapper = TinyMapper()
            try await mapper.serve(paths.mapper) {
                let lists = try await TinyMapper.register(paths)
                #expect(lists.deviceList.map(\.name) == ["boiler"])
                _ = try await TinyMapper.ask(paths.edge) { try await $0.reportDeviceStatus(DMISample.report("21")) }
                var answers = try await run.observer.answers()
                #expect(
                    answers.map(\.topic)
                        == ["result", "document"].map { kind in
                            "$hw/events/device/default/boiler/twin/update/\(kind)"
                        }
                )
                try await run.observer.publish(ControlTopic.request("default/boiler"), #"{"setpoint":"30"}"#)
                try await mapper.wait(["UpdateDeviceModel boiler-model", "UpdateDevice 30"])
                answers = try await run.observer.answers()
                #expect(answers.map(\.payload) == ["{}"])
                try await run.observer.publish(ControlTopic.request("default/boiler"), #"{"speed":"30"}"#)
                answers = try await run.observer.answers()
                #expect(answers.last?.payload.contains("has no property 'speed'; it has setpoint") == true)
            }
            #expect(await run.stop() == nil)
        }
    }

    @Test func saysWhatIsStoredWhereThereIsNoBroker() async throws {
        try await DMIPaths.with { paths in
            let run = try LinesOfEdge(paths)
            try await run.wait(for: "serving: DMI as EdgeCore v1.23.1 on \(paths.edge)")
            try await run.wait(for: "ready: edge-node as EdgeCore v1.23.1 with default/boiler")
            _ = try await TinyMapper.ask(paths.edge) { try await $0.reportDeviceStatus(DMISample.report("21")) }
            try await run.wait(for: "<- mapper: ReportDeviceStatus default/boiler: setpoint='21'")
            try await run.wait(for: "twin: default/boiler setpoint: desired nothing, reported '21'")
            _ = try await TinyMapper.ask(paths.edge) { try await $0.reportDeviceStatus(DMISample.report("two words")) }
            try await run.wait(for: "! a report is dropped: The value of twin must only include")
            #expect(try await run.stop() == nil)
        }
    }

    @Test func endsAtACrashWhenItIsToBeStrict() async throws {
        try await DMIPaths.with { paths in
            let run = try LinesOfEdge(paths, isStrict: true)
            try await run.wait(for: "ready: ")
            _ = try? await TinyMapper.ask(paths.edge) { try await $0.mapperRegister(DMIMapperRegisterRequest()) }
            #expect(try await run.end() == "MapperRegister without 'mapper'")
        }
    }
}

/// An edge with DMI alone, and what it says.
private struct LinesOfEdge {
    private let edge: DeveloperEdge
    private let lines = Watched<[String]>([])
    private let task: Task<String?, any Error>

    init(_ paths: DMIPaths, isStrict: Bool = false) throws {
        let lines = lines
        let edge = try DeveloperEdge(
            nil,
            twin: DeviceTwin(version: DMIServerOptions.defaultVersion),
            dmi: DMIServerOptions(socketPath: paths.edge),
            isStrict: isStrict,
            logger: Logger(label: "edge")
        ) { line in lines.change { $0.append(line.description) } }
        self.edge = edge
        edge.give(.profile(DMISample.profile(DMISample.boiler())))
        task = Task { try await edge.run() }
    }

    /// Waits until it has said something that starts so.
    func wait(for text: String) async throws {
        try await lines.first { lines in lines.contains { $0.hasPrefix(text) } ? () : nil }
    }

    /// Waits until it ends by itself.
    func end() async throws -> String? { try await task.value }

    func stop() async throws -> String? {
        edge.give(.stop)
        return try await end()
    }
}

extension DeviceTwin.Output {
    fileprivate var topic: String {
        if case .mqtt(let topic, _) = self { topic } else { "" }
    }

    fileprivate var payload: String {
        if case .mqtt(_, let payload) = self { payload } else { "" }
    }
}
