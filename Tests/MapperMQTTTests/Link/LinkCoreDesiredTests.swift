// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
@testable import MapperMQTT
import Testing

@Suite struct LinkCoreDesiredTests {
    private let id = CoreBench.id

    @Test func passesOnWhatEdgeCoreWants() {
        var bench = CoreBench([CoreBench.device(id, [CoreBench.property("a", desired: "9"), CoreBench.property("b")])])
        bench.connect()
        bench.receive(
            #"{"twin":{"a":{"expected":{"value":"1"}},"b":{"expected":{"value":""}},"c":null}}"#,
            .twinGetResult
        )
        #expect(bench.events == [.desired(id, ["a": DesiredValue("1", mayBeSettled: true)])])
        bench.receive(#"{"twin":{"a":{"expected":{"value":"2"}}},"delta":{"a":"2"},"extra":[1]}"#, .twinUpdateDelta)
        #expect(bench.events.last == .desired(id, ["a": DesiredValue("2")]))
        bench.receive(
            #"{"twin":{"a":{"last":{"expected":{"value":"2"}},"current":{"expected":{"value":""}}}}}"#,
            .twinUpdateDocument
        )
        #expect(bench.events.last == .desiredCleared(id, ["a"]))
        #expect(bench.events.count == 3)
    }

    @Test func passesOnTheProfilesWhenNobodyAnswers() {
        var bench = CoreBench([CoreBench.device(id, [CoreBench.property("a", desired: "9")])])
        bench.connect()
        bench.wait(.seconds(5))
        #expect(bench.events == [.desired(id, ["a": DesiredValue("9", mayBeSettled: true)])])
    }

    @Test func ignoresTheDevicesOfOthersAndGarbage() {
        var bench = CoreBench()
        bench.connect()
        bench.receive(#"{"delta":{"a":"1"}}"#, .twinUpdateDelta, of: DeviceID("other"))
        for _ in 0..<2 { bench.receive("nonsense", .twinUpdateDelta) }
        bench.receive("{}", .twinGetResult)
        bench.receive("{}", on: "some/topic")
        #expect(bench.events.isEmpty)
        #expect(bench.logs.count == 1)
    }

    @Test func aNewProfileDisturbsOnlyWhatChanged() {
        let stays = CoreBench.device(id, [CoreBench.property("a", desired: "1"), CoreBench.property("b")])
        let goes = CoreBench.device(DeviceID("d2"))
        let comes = CoreBench.device(DeviceID("d3"))
        var bench = CoreBench([stays, goes])
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        bench.report(["b": "5"])
        _ = bench.deliver()
        bench.events = []
        var changed = stays
        changed.properties[0].desired = "2"
        let profile = DeviceProfile(devices: [changed, comes])
        bench.tell { $0.replaceProfile(profile, devices: profile.devices, at: $1) }
        guard case .profile(let emitted) = bench.events.first else {
            Issue.record("no profile")
            return
        }
        #expect(emitted.devices.map(\.id) == [id, comes.id])
        #expect(emitted.devices[0].properties.allSatisfy { $0.desired == nil })
        #expect(bench.events.dropFirst() == [.desired(id, ["a": DesiredValue("2")])])
        #expect(bench.unsubscriptions == EdgeTopic.filters(for: goes.id))
        #expect(bench.subscriptions.map(\.filters) == [EdgeTopic.filters(for: comes.id)])
        bench.acceptSubscriptions()
        #expect(bench.deliver().map(\.topic) == ["$hw/events/device/d3/twin/get"])
        bench.report(["b": "6"])
        #expect(bench.deliver().reports == [["b": "6"]])
    }

    @Test func aProfileThatComesWhileTheBrokerIsAwayCountsAtTheReconnection() {
        var bench = CoreBench()
        let profile = DeviceProfile(devices: [CoreBench.device(DeviceID("d3"))])
        bench.tell { $0.replaceProfile(profile, devices: profile.devices, at: $1) }
        #expect(bench.subscriptions.isEmpty)
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.map(\.devices) == [[DeviceID("d3")]])
    }

    @Test func aDeviceThatLeavesTheProfileIsUnknownFromThenOn() throws {
        let (asked, left, held) = (DeviceID("asked"), DeviceID("left"), DeviceID("held"))
        var bench = CoreBench([CoreBench.device(), CoreBench.device(asked), CoreBench.device(left)])
        bench.connect()
        for id in [id, left] { bench.receive(#"{"twin":{}}"#, .twinGetResult, of: id) }
        for id in [id, asked, left] { bench.tell { $0.report(.online, of: id, at: $1) } }
        _ = bench.deliver()
        let profile = DeviceProfile(devices: [CoreBench.device(), CoreBench.device(held)])
        bench.tell { $0.replaceProfile(profile, devices: profile.devices, at: $1) }
        // The mapper says it too, once it has stopped the device.
        bench.tell { $0.report(.unknown, of: left, at: $1) }
        // EdgeCore has not said that it knows the other one that left.
        let sent = bench.deliver()
        #expect(sent.map(\.topic) == ["$hw/events/device/left/state/update"])
        #expect(sent.first?.text.contains(#""state":"unknown""#) == true)
        // One that EdgeCore removed itself, and one while the broker is away, leave in silence.
        bench.acceptSubscriptions()
        bench.receive(#"{"twin":{}}"#, .twinGetResult, of: held)
        _ = bench.deliver()
        bench.receive(#"{"removed_devices":[{"id":"held"}]}"#, on: "$hw/events/node/n/membership/updated")
        let rest = DeviceProfile(devices: [CoreBench.device()])
        bench.tell { $0.replaceProfile(rest, devices: rest.devices, at: $1) }
        bench.tell { core, _ in core.disconnected() }
        bench.tell { $0.replaceProfile(DeviceProfile(), devices: [], at: $1) }
        #expect(bench.deliver().isEmpty)
    }
}
