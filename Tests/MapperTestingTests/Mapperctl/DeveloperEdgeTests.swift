// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperMQTT
import MapperTesting
import Testing

@testable import mapperctl

/// The developer's edge on a real broker.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: TestBroker.executable), "mosquitto is not installed"),
    .timeLimit(.minutes(2))
)
struct DeveloperEdgeTests {
    @Test(
        .enabled(if: Capture.root != nil, "set MAPPERKIT_FIXTURES to compare with recordings of real EdgeCores"),
        arguments: ["wire/v1.3.1", "wire/v1.14.0/mqtt", "wire/v1.23.1/mqtt"]
    )
    func answersRecordedRequestsOverMQTT(_ name: String) async throws {
        let capture = try #require(Capture.all.first { $0.name == name })
        let run = try await EdgeRun(DeviceTwin(node: capture.node, version: capture.version))
        for step in capture.steps {
            for input in step.inputs { try await run.give(input) }
            let answers = try await run.observer.answers()
            let recorded = step.outputs.filter { if case .mqtt = $0 { true } else { false } }
            #expect(answers.map(Normalized.init) == recorded.map(Normalized.init), "\(step.name)")
        }
        #expect(await run.stop() == nil)
    }

    @Test func putsTheProfilesDevicesOnTheNode() async throws {
        let run = try await EdgeRun(DeviceTwin(version: .v1_14_0), devices: [Self.boiler(desired: "20")])
        try await run.observer.publish("$hw/events/device/boiler/twin/get", "{}")
        var answers = try await run.observer.answers()
        #expect(answers.map(\.topic) == ["$hw/events/device/boiler/twin/get/result"])
        #expect(answers.first?.payload.contains("\"expected\":{\"value\":\"20\"") == true)

        run.edge.give(.profile(DeviceProfile(devices: [Self.boiler(desired: "21")])))
        answers = try await run.observer.answers()
        #expect(answers.map(\.topic) == ["document", "delta"].map { "$hw/events/device/boiler/twin/update/\($0)" })

        run.edge.give(.profile(DeviceProfile()))
        answers = try await run.observer.answers()
        #expect(answers.map(\.topic) == ["$hw/events/node/edge-node/membership/updated"])
        #expect(await run.stop() == nil)
    }

    @Test func setsDesiredValuesForTheCluster() async throws {
        let run = try await EdgeRun(DeviceTwin(version: .v1_14_0), devices: [Self.boiler(desired: "20")])
        try await run.observer.publish(ControlTopic.request("boiler"), #"{"setpoint":"30"}"#)
        var answers = try await run.observer.answers()
        #expect(answers.map(\.topic).last == ControlTopic.answer("boiler"))
        #expect(answers.last?.payload == "{}")
        #expect(answers.contains { $0.payload.contains(#""delta":{"setpoint":"30"}"#) })

        try await run.observer.publish(ControlTopic.request("boiler"), #"{"setpoint":"hot"}"#)
        answers = try await run.observer.answers()
        #expect(answers.last?.payload.contains("the edge keeps '30' for 'setpoint'") == true)

        try await run.observer.publish(ControlTopic.request("other"), #"{"setpoint":"30"}"#)
        answers = try await run.observer.answers()
        #expect(answers.last?.payload.contains("there is no device 'other'") == true)
        #expect(await run.stop() == nil)
    }

    @Test func endsAtACrashWhenItIsToBeStrict() async throws {
        let run = try await EdgeRun(DeviceTwin(), devices: [Self.boiler(desired: "20")], isStrict: true)
        let topic = "$hw/events/device/boiler/twin/update"
        try await run.observer.publish(topic, #"{"twin":{"setpoint":{"actual":{}}}}"#)
        let reason = await run.end()
        #expect(reason?.contains("property 'setpoint' of device 'boiler'") == true)
    }

    private static func boiler(desired: String) -> DeviceInstance {
        let setpoint = Property(
            model: .init(name: "setpoint", dataType: .int, accessMode: .readWrite),
            visitor: [:],
            desired: desired
        )
        return DeviceInstance(
            id: DeviceID("boiler"),
            modelName: "boiler",
            protocolName: "scripted",
            protocolConfig: [:],
            properties: [setpoint]
        )
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
