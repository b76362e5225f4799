// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperMQTT
import MapperProfile
import Testing

/// The whole link on a real broker, with a second client in EdgeCore's place.
@Suite(.timeLimit(.minutes(1))) struct MQTTEdgeLinkTests {
    private let directory: URL
    private let map: MountedConfigMap

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "link-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        map = MountedConfigMap(directory: directory)
    }

    /// A profile as CloudCore v1.12 writes it.
    private func profile(_ devices: [String: String]) -> String {
        let instances = devices.sorted { $0.key < $1.key }.map { name, desired in
            #"{"id":"\#(name)","name":"\#(name)","protocol":"modbus-\#(name)","model":"m","#
                + #""twins":[{"propertyName":"a","desired":{"value":"\#(desired)","metadata":{"type":"int"}},"reported":{"value":""}}],"#
                + #""propertyVisitors":[{"name":"a","propertyName":"a","modelName":"m","protocol":"modbus","visitorConfig":{"register":"HoldingRegister","offset":0,"limit":1}}]}"#
        }
        let protocols = devices.keys.sorted().map {
            #"{"name":"modbus-\#($0)","protocol":"modbus","protocolConfig":{"slaveID":1},"protocolCommonConfig":{"tcp":{"ip":"127.0.0.1","port":502}}}"#
        }
        let model =
            #"{"name":"m","properties":[{"name":"a","dataType":"int","accessMode":"ReadWrite","defaultValue":0,"minimum":0,"maximum":0}]}"#
        return #"{"deviceInstances":[\#(instances.joined(separator: ","))],"deviceModels":[\#(model)],"#
            + #""protocols":[\#(protocols.joined(separator: ","))]}"#
    }

    private func link(
        _ configuration: MQTTConfiguration,
        check: @escaping @Sendable (DeviceProfile) -> [Diagnostic] = { _ in [] }
    ) throws -> MQTTEdgeLink {
        try MQTTEdgeLink(
            configuration: configuration,
            profilePaths: [map.file.path],
            initial: try MQTTEdgeLink.loadProfile([map.file.path], check: check).profile,
            check: check,
            concerns: { $0.protocolName == "modbus" },
            logger: Logger(label: "link")
        )
    }

    private func report(_ text: String, of device: String = "d1") -> TwinReport {
        let value = TwinReport.Value(text, dataType: .int, acquiredAt: Timestamp(milliseconds: 1))
        return TwinReport(DeviceID(device), ["a": value])
    }

    private let known =
        #"{"event_id":"g","timestamp":1,"twin":{"a":{"expected":{"value":"7"},"metadata":{"type":"int"}}}}"#

    @Test func servesADeviceFromStartToEnd() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try map.publish(profile(["d1": "3"]))
        let broker = try Broker()
        let edge = try await StandIn(broker.address, answers: ["d1": known])
        var hears = edge.hears()
        let configuration = MQTTConfiguration(server: broker.address)
        let link = try link(configuration)
        let running = Task { try await link.run() }

        guard case .profile(let first) = await link.events.next() else {
            Issue.record("no profile first")
            return
        }
        #expect(first.devices.map(\.id) == [DeviceID("d1")])
        #expect(first.devices[0].properties[0].desired == nil)
        let online = await hears.next(on: "$ke/events/mapper/\(configuration.clientID)/state/update")
        #expect(online?.text.contains(#""state":"online""#) == true)
        #expect(await link.events.next() == .desired(DeviceID("d1"), ["a": DesiredValue("7", mayBeSettled: true)]))

        link.report(report("42"))
        let update = await hears.next(on: "d1/twin/update")
        #expect(update?.actuals == ["a": "42"])
        #expect(update?.isRetained == false)
        #expect(update?.text.contains("expected") == false)
        link.report(.online, of: DeviceID("d1"))
        #expect(await hears.next(on: "d1/state/update")?.text.contains("online") == true)
        link.publish(Telemetry(DeviceID("d1"), topic: "my/topic", report("1").values))
        #expect(await hears.next(on: "my/topic")?.isRetained == false)

        try await edge.say(
            #"{"twin":{"a":{"expected":{"value":"8"},"metadata":{"type":"int"}}},"delta":{"a":"8"}}"#,
            "$hw/events/device/d1/twin/update/delta"
        )
        #expect(await link.events.next() == .desired(DeviceID("d1"), ["a": DesiredValue("8")]))

        link.report(report("43"))
        link.report(.unknown, of: DeviceID("d1"))
        let end = await ContinuousClock().measure {
            running.cancel()
            _ = await running.result
        }
        #expect(end < .seconds(2))
        // A report and a state are on their way at the same time, in whichever order; the farewell comes last.
        let last = await hears.upTo("mapper/\(configuration.clientID)/state/update")
        #expect(last.contains { $0.topic.hasSuffix("d1/twin/update") && $0.actuals == ["a": "43"] })
        #expect(last.contains { $0.topic.hasSuffix("d1/state/update") && $0.text.contains("unknown") })
        #expect(last.last?.text.contains(#""state":"offline""#) == true)
        #expect(await link.events.next() == nil)
        await edge.stop()
    }

    @Test func outlivesTheBroker() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try map.publish(profile(["d1": ""]))
        let broker = try Broker()
        broker.stop()
        let link = try link(MQTTConfiguration(server: broker.address))
        let running = Task { try await link.run() }
        link.report(report("1"))
        link.report(report("2"))
        try broker.start()
        let edge = try await StandIn(broker.address, answers: ["d1": known])
        var hears = edge.hears()
        #expect(await hears.next(on: "d1/twin/update")?.actuals == ["a": "2"])
        broker.stop()
        for number in 3...9 { link.report(report("\(number)")) }
        try broker.start()
        #expect(await hears.next(on: "d1/twin/update")?.actuals == ["a": "9"])
        // Subscriptions are back too.
        try await edge.say(#"{"twin":{},"delta":{"a":"8"}}"#, "$hw/events/device/d1/twin/update/delta")
        while let event = await link.events.next() {
            if event == .desired(DeviceID("d1"), ["a": DesiredValue("8")]) { break }
        }
        link.report(report("10"))
        // If the stand-in came back later than the link, the value it missed is said once more; none of 3 to 8 ever is.
        var before: [[String: String]] = []
        while let values = await hears.next(on: "d1/twin/update")?.actuals, values != ["a": "10"] {
            before.append(values)
        }
        #expect(before.count <= 1 && before.allSatisfy { $0 == ["a": "9"] }, "\(before)")
        running.cancel()
        _ = await running.result
        await edge.stop()
    }

    @Test func followsTheConfigMapAndRefusesABrokenOne() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try map.publish(profile(["d1": "", "d2": ""]))
        let broker = try Broker()
        let edge = try await StandIn(broker.address, answers: ["d1": known, "d2": known, "d3": known])
        var hears = edge.hears()
        let link = try link(MQTTConfiguration(server: broker.address)) { profile in
            profile.device(DeviceID("bad")) == nil ? [] : [.error(at: nil, "bad is not allowed")]
        }
        let running = Task { try await link.run() }
        _ = await hears.next(on: "d2/twin/get")
        guard case .profile = await link.events.next() else {
            Issue.record("no profile first")
            return
        }

        try map.publish("{ this is broken")
        try await Task.sleep(for: .milliseconds(600))
        try map.publish(profile(["bad": ""]))
        try await Task.sleep(for: .milliseconds(600))
        try map.publish(profile(["d1": "", "d3": "5"]))
        var next: DeviceProfile?
        while next == nil, let event = await link.events.next() {
            if case .profile(let profile) = event { next = profile }
        }
        #expect(next?.devices.map(\.id) == [DeviceID("d1"), DeviceID("d3")])
        #expect(await hears.next(on: "d3/twin/get") != nil)
        link.report(report("1", of: "d2"))
        link.report(report("1", of: "d3"))
        #expect(await hears.next(on: "/twin/update")?.topic == "$hw/events/device/d3/twin/update")

        // A new desired text in the file is a command; one that came by MQTT before is an echo.
        try await edge.say(#"{"twin":{},"delta":{"a":"6"}}"#, "$hw/events/device/d3/twin/update/delta")
        while let event = await link.events.next() {
            if event == .desired(DeviceID("d3"), ["a": DesiredValue("6")]) { break }
        }
        try map.publish(profile(["d1": "", "d3": "6"]))
        while let event = await link.events.next() { if case .profile = event { break } }
        try map.publish(profile(["d1": "", "d3": "9"]))
        var desired: [EdgeEvent] = []
        while let event = await link.events.next() {
            guard case .desired = event else { continue }
            desired.append(event)
            break
        }
        #expect(desired == [.desired(DeviceID("d3"), ["a": DesiredValue("9")])])
        running.cancel()
        _ = await running.result
        await edge.stop()
    }

    @Test func endsQuicklyWhenTheBrokerIsStuck() async throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try map.publish(profile(["d1": ""]))
        let broker = try Broker()
        let edge = try await StandIn(broker.address, answers: ["d1": known])
        var hears = edge.hears()
        let link = try link(MQTTConfiguration(server: broker.address))
        let running = Task { try await link.run() }
        link.report(report("1"))
        _ = await hears.next(on: "d1/twin/update")
        broker.freeze()
        link.report(report("2"))
        let end = await ContinuousClock().measure {
            running.cancel()
            _ = await running.result
        }
        #expect(end < .milliseconds(1700), "\(end)")
        broker.stop()
        await edge.stop()
    }

    @Test func refusesAConfigurationNobodyCanMend() throws {
        defer { try? FileManager.default.removeItem(at: directory) }
        try map.publish(profile(["d1": ""]))
        #expect(throws: MQTTError.self) { try link(MQTTConfiguration(clientID: "a/#")) }
        #expect(throws: MQTTError.self) { try link(MQTTConfiguration(caFile: "/nowhere")) }
    }
}
