// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
@testable import MapperMQTT
import MapperProfile
import Testing

/// What a mapper must and must not say to be right with every EdgeCore, rule by rule.
///
/// The rules come from how EdgeCore v1.0 to v1.14 behave (`edge/pkg/eventbus`, `edge/pkg/devicetwin`).
@Suite(.timeLimit(.minutes(1))) struct EdgeCoreRulesTests {
    private let id = CoreBench.id

    /// A link that EdgeCore has answered, with nothing on its way.
    private func bench(_ twins: String = "{}", _ devices: [DeviceInstance] = [CoreBench.device()]) -> CoreBench {
        var bench = CoreBench(devices)
        bench.connect()
        bench.receive(#"{"event_id":"x","timestamp":1,"twin":\#(twins)}"#, .twinGetResult)
        _ = bench.deliver()
        return bench
    }

    private func json(_ parcel: Parcel) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(parcel.payload)) as? [String: Any])
    }

    @Test("Rule 1: a device's id in a topic is its name, without a namespace")
    func rule1() throws {
        let loaded = try ProfileLoader().load(contents: [("p.json", Array(LenientProfile.json.utf8))])
        let bare = try #require(loaded.profile.devices.first { $0.id.name == "bare" })
        var bench = CoreBench([bare])
        bench.connect()
        #expect(bench.parcels.map(\.topic) == ["$hw/events/device/bare/twin/get"])
        bench.receive(#"{"twin":{}}"#, .twinGetResult, of: bare.id)
        bench.report(["on": "true"], of: bare.id, .boolean)
        bench.tell { $0.report(.online, of: bare.id, at: $1) }
        #expect(
            Set(bench.deliver().map(\.topic)) == [
                "$hw/events/device/bare/twin/get", "$hw/events/device/bare/twin/update",
                "$hw/events/device/bare/state/update",
            ]
        )
    }

    @Test("Rule 2: first the subscription to deltas, then the question for the twin, whose answer counts")
    func rule2() {
        var bench = CoreBench()
        bench.report(["a": "1"])
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.first?.filters.contains("$hw/events/device/d1/twin/update/delta") == true)
        #expect(bench.parcels.isEmpty)
        bench.acceptSubscriptions()
        #expect(bench.parcels.map(\.topic) == ["$hw/events/device/d1/twin/get"])
        bench.receive(#"{"twin":{"a":{"expected":{"value":"7"},"metadata":{"type":"int"}}}}"#, .twinGetResult)
        #expect(bench.events == [.desired(id, ["a": DesiredValue("7", mayBeSettled: true)])])
    }

    @Test("Rule 3: a report holds strings under actual, types under metadata, and a whole number as its time")
    func rule3() throws {
        var bench = bench()
        bench.report(["a": "21"])
        let report = try #require(bench.deliver().first)
        #expect(
            report.text == #"{"event_id":"e-2","timestamp":1600000000000,"#
                + #""twin":{"a":{"actual":{"value":"21"},"metadata":{"type":"int"}}}}"#
        )
    }

    @Test("Rule 4: expected is never published")
    func rule4() {
        var bench = bench(#"{"a":{"expected":{"value":"7"},"metadata":{"type":"int"}}}"#)
        bench.receive(#"{"twin":{},"delta":{"a":"8"}}"#, .twinUpdateDelta)
        bench.tell {
            let applied = TwinReport.Value(
                "8",
                dataType: .int,
                acquiredAt: Timestamp(milliseconds: 5),
                observedDesired: "8"
            )
            $0.report(TwinReport(CoreBench.id, ["a": applied]), at: $1)
        }
        let sent = bench.deliver()
        #expect(sent.reports == [["a": "8"]])
        #expect(sent.allSatisfy { !$0.text.contains("expected") })
    }

    @Test("Rule 5: a report has a value for each property, none of them null, and is never empty")
    func rule5() throws {
        var bench = bench(#"{"a":{"metadata":{"type":"int"}}}"#)
        bench.report([:])
        bench.report(["a": ""])
        #expect(bench.deliver().isEmpty)
        bench.report(["a": "1", "c": ""], .string)
        let report = try #require(bench.deliver().first)
        let twin = try #require(try json(report)["twin"] as? [String: [String: Any]])
        #expect(Set(twin.keys) == ["a", "c"])
        for entry in twin.values { #expect((entry["actual"] as? [String: Any])?["value"] is String) }
    }

    @Test(
        "Rule 6: only values of 1 to 512 letters, digits and -_.,:/@# go into a twin",
        arguments: [
            ("AZaz09-_.,:/@#", true), ("", true), (String(repeating: "x", count: 512), true),
            (String(repeating: "x", count: 513), false), ("a b", false), ("+1", false), ("5%", false), ("a=b", false),
            ("\"a\"", false), ("é", false),
        ]
    )
    func rule6(text: String, goes: Bool) {
        var bench = bench()
        bench.report(["a": text], .string)
        #expect(bench.deliver().reports == (goes ? [["a": text]] : []))
        #expect(bench.logs.count == (goes ? 0 : 1))
    }

    /// That a value equal to the desired one is reported in the desired one's words is the business of
    /// `PropertyTwin` (PropertyTwinTests in MapperKitTests); the link must not touch the text in either direction.
    @Test("Rule 7: texts pass byte by byte, from the delta to the mapper and from the mapper to the report")
    func rule7() {
        var bench = bench(#"{"a":{"metadata":{"type":"float"}}}"#)
        for text in ["1.000000", "1.0", "-0", "1e3", "007.50"] {
            bench.receive(#"{"twin":{},"delta":{"a":"\#(text)"}}"#, .twinUpdateDelta)
            #expect(bench.events.last == .desired(id, ["a": DesiredValue(text)]))
            bench.report(["a": text], .double)
            #expect(bench.deliver().reports == [["a": text]])
        }
    }

    /// What is worth reporting and when is decided by `PropertyTwin` (PropertyTwinTests in MapperKitTests).
    @Test("Rule 8: between reconnections the link says nothing on its own accord")
    func rule8() {
        var bench = bench()
        bench.report(["a": "1"])
        bench.tell { $0.report(.online, of: CoreBench.id, at: $1) }
        #expect(bench.deliver().count == 2)
        for _ in 0..<3600 { bench.wait(.seconds(1)) }
        bench.receive(#"{"event_id":"e-2","timestamp":1,"twin":{}}"#, .twinUpdateResult)
        bench.receive(#"{"twin":{"a":{"last":null,"current":{"actual":{"value":"1"}}}}}"#, .twinUpdateDocument)
        #expect(bench.deliver().isEmpty)
    }

    @Test("Rule 9: a new twin's type is string, int, float or boolean", arguments: DataType.allCases)
    func rule9(type: DataType) throws {
        for declared in [nil, "integer", "double", "bytes", type.rawValue] {
            let device = CoreBench.device(id, [CoreBench.property("a", type, declared: declared)])
            var bench = bench("{}", [device])
            bench.report(["a": type == .boolean ? "true" : "1"], type)
            let reports = bench.deliver()
            // A boolean does not fit what else may be declared, and stays behind.
            #expect(reports.count == 1 || type == .boolean && declared != nil)
            for report in reports {
                let twin = try #require(try json(report)["twin"] as? [String: [String: [String: String]]])
                let written = try #require(twin["a"]?["metadata"]?["type"])
                #expect(["string", "int", "float", "boolean"].contains(written), "\(declared ?? "none")")
            }
        }
    }

    @Test("Rule 10: errors that EdgeCore cannot name a device for are listened to and said")
    func rule10() {
        let topic = "$hw/events/device//twin/update/result"
        var bench = CoreBench()
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.first?.filters.contains(topic) == true)
        bench.receive(#"{"event_id":"","timestamp":1,"code":400,"reason":"bad twin"}"#, on: topic)
        #expect(bench.logs.map { $0.details["reason"] } == ["bad twin"])
    }

    @Test(
        "Rule 11: a state is one of the three words that every version takes",
        arguments: DeviceState.allCases
    )
    func rule11(state: DeviceState) throws {
        var bench = bench()
        bench.tell { $0.report(state, of: CoreBench.id, at: $1) }
        let update = try #require(bench.deliver().on(.stateUpdate).first)
        let word = try #require(try json(update)["state"] as? String)
        #expect(["online", "offline", "unknown"].contains(word))
    }

    @Test("Rule 12: the ConfigMap may leave out zeros, hold null, know no protocol; dataWrite is base64")
    func rule12() throws {
        let loaded = try ProfileLoader().load(contents: [("p.json", Array(LenientProfile.json.utf8))])
        let lamp = try #require(loaded.profile.devices.first { $0.id == DeviceID("lamp") })
        #expect(lamp.protocolName == "bluetooth")
        let on = try #require(lamp.property("on"))
        #expect(on.visitor["dataWrite"] == ["ON": "AQ==", "OFF": "AA=="])
        #expect(on.visitor["offset"] == nil)
        #expect(on.model.range == ValueRange())
        #expect(on.desired == nil)
        let bare = try #require(loaded.profile.devices.first { $0.id == DeviceID("bare") })
        #expect(bare.protocolName == nil)
        #expect(bare.properties.isEmpty)
        #expect(loaded.warnings.map(\.severity) == [.warning])
    }

    /// The whole way from the swapped link to an event is in MQTTEdgeLinkTests.
    @Test("Rule 13: the directory is watched, and membership tells to look at once")
    func rule13() async throws {
        let files = FileManager.default
        let directory = files.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)")
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: directory) }
        let map = MountedConfigMap(directory: directory)
        try map.publish("one")
        let before = FileFingerprint([map.file.path])
        let (changes, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let watch = try DirectoryWatch([directory.path]) { continuation.yield() }
        try map.publish("two")
        var iterator = changes.makeAsyncIterator()
        #expect(await iterator.next(isolation: #isolation) != nil)
        #expect(FileFingerprint([map.file.path]) != before)
        withExtendedLifetime(watch) {}

        var bench = bench()
        bench.receive(
            #"{"added_devices":[{"id":"d2","name":"d2"}],"removed_devices":null}"#,
            on: "$hw/events/node/n/membership/updated"
        )
        #expect(bench.rereads == 1)
        #expect(bench.subscriptions.isEmpty)
        let devices = [CoreBench.device(), CoreBench.device(DeviceID("d2"))]
        bench.tell { $0.replaceProfile(DeviceProfile(devices: devices), devices: devices, at: $1) }
        #expect(bench.subscriptions.map(\.devices) == [[DeviceID("d2")]])
    }

    @Test("Rule 14: a reconnection subscribes again, asks again and says everything again; nothing is retained")
    func rule14() {
        var bench = bench()
        bench.report(["a": "1"])
        _ = bench.deliver()
        bench.tell { core, _ in core.disconnected() }
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.map(\.filters) == [EdgeTopic.commonFilters + EdgeTopic.filters(for: id)])
        bench.acceptSubscriptions()
        #expect(bench.deliver().on(.twinGet).count == 1)
        bench.receive(#"{"twin":{"a":{"expected":{"value":"7"}}}}"#, .twinGetResult)
        #expect(bench.deliver().reports == [["a": "1"]])
        #expect(bench.events == [.desired(id, ["a": DesiredValue("7", mayBeSettled: true)])])
        let message = MQTTMessage(topic: "t", payload: [])
        #expect(message.qos == 1 && !message.retain)
    }
}
