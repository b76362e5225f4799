// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
@testable import MapperMQTT
import Testing

@Suite struct LinkCoreStartTests {
    private let known = #"{"event_id":"x","timestamp":1,"twin":{}}"#
    private let unknown =
        #"{"event_id":"x","timestamp":1,"code":404,"reason":"Device d1 not found while getting twin"}"#

    @Test func subscribesBeforeItSaysAnything() {
        var bench = CoreBench()
        bench.report(["a": "1"])
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.map(\.filters) == [EdgeTopic.commonFilters + EdgeTopic.filters(for: CoreBench.id)])
        #expect(bench.parcels.isEmpty)
        bench.acceptSubscriptions()
        #expect(bench.parcels.map(\.topic) == ["$hw/events/device/d1/twin/get"])
    }

    @Test func reportsAfterTheAnswer() {
        var bench = CoreBench()
        bench.connect()
        bench.report(["a": "1"])
        #expect(bench.deliver().reports.isEmpty)
        bench.receive(known, .twinGetResult)
        #expect(bench.deliver().reports == [["a": "1"]])
        #expect(bench.logs.isEmpty)
    }

    @Test func goesOnWithoutEdgeCoreAfterFiveSeconds() {
        var bench = CoreBench([CoreBench.device(), CoreBench.device(DeviceID("d2"))])
        bench.connect()
        bench.report(["a": "1"])
        bench.wait(.milliseconds(4900))
        #expect(bench.deliver().reports.isEmpty)
        bench.wait(.milliseconds(100))
        let sent = bench.deliver()
        #expect(sent.reports == [["a": "1"]])
        #expect(sent.on(.twinGet).count == 1)
        #expect(
            bench.logs.map(\.message) == [
                "EdgeCore does not answer on this broker; values are published anyway, desired values wait"
            ]
        )
        // It goes on asking, more and more slowly.
        var questions = 0
        for _ in 0..<600 {
            bench.wait(.seconds(1))
            questions += bench.deliver().on(.twinGet).count
        }
        #expect((9...13).contains(questions), "\(questions)")
        #expect(bench.logs.count == 1)
        // EdgeCore comes: it never heard the values.
        bench.receive(known, .twinGetResult)
        #expect(bench.deliver().reports == [["a": "1"]])
        bench.wait(.seconds(600))
        #expect(bench.deliver().on(.twinGet).isEmpty)
    }

    @Test func asksAtOnceWhenASilentEdgeCoreIsHeard() {
        var bench = CoreBench()
        bench.connect()
        bench.wait(.seconds(5))
        _ = bench.deliver()
        // The last question is old enough; the next would be asked at 15 seconds.
        bench.wait(.seconds(5))
        bench.receive(#"{"twin":{},"delta":{"a":"1"}}"#, .twinUpdateDelta)
        #expect(bench.deliver().on(.twinGet).count == 1)
    }

    @Test func holdsBackWhatEdgeCoreWouldRefuse() {
        var bench = CoreBench()
        bench.connect()
        _ = bench.deliver()
        bench.receive(unknown, .twinGetResult)
        bench.report(["a": "1"])
        bench.tell { $0.report(.online, of: CoreBench.id, at: $1) }
        #expect(bench.deliver().isEmpty)
        #expect(bench.logs.map(\.message) == ["EdgeCore does not know the device; its values wait until it does"])
        bench.wait(.seconds(4))
        #expect(bench.deliver().isEmpty)
        bench.wait(.seconds(1))
        #expect(bench.deliver().on(.twinGet).count == 1)
        bench.receive(unknown, .twinGetResult)
        #expect(bench.logs.count == 1)
        bench.receive(
            #"{"added_devices":[{"id":"d1","name":"d1"}],"removed_devices":null}"#,
            on: "$hw/events/node/n/membership/updated"
        )
        #expect(bench.rereads == 1)
        #expect(bench.deliver().on(.twinGet).count == 1)
        bench.receive(known, .twinGetResult)
        let sent = bench.deliver()
        #expect(sent.reports == [["a": "1"]])
        #expect(sent.on(.stateUpdate).count == 1)
    }

    @Test func asksUnknownDevicesMoreAndMoreSlowly() {
        var bench = CoreBench()
        bench.connect()
        _ = bench.deliver()
        bench.receive(unknown, .twinGetResult)
        var times: [Int] = []
        for second in 1...300 {
            bench.wait(.seconds(1))
            if !bench.deliver().on(.twinGet).isEmpty {
                times.append(second)
                bench.receive(unknown, .twinGetResult)
            }
        }
        #expect(times == [5, 10, 20, 40, 80, 140, 200, 260])
    }

    @Test func aRemovedDeviceIsServedButHeldBack() {
        var bench = CoreBench()
        bench.connect()
        bench.receive(known, .twinGetResult)
        _ = bench.deliver()
        bench.receive(
            #"{"added_devices":null,"removed_devices":[{"id":"d1","name":"d1"}]}"#,
            on: "$hw/events/node/n/membership/updated"
        )
        #expect(bench.rereads == 1)
        #expect(bench.logs.count == 1)
        bench.report(["a": "1"])
        #expect(bench.deliver().isEmpty)
        #expect(bench.events.isEmpty)
    }

    @Test func namespacedDevicesAreTheirOwn() {
        let id = DeviceID("d1", namespace: "ns")
        var bench = CoreBench([CoreBench.device(), CoreBench.device(id)])
        bench.connect()
        _ = bench.deliver()
        bench.receive(known, .twinGetResult, of: id)
        bench.report(["a": "1"])
        bench.report(["a": "2"], of: id)
        let sent = bench.deliver()
        #expect(sent.map(\.topic) == ["$hw/events/device/ns/d1/twin/update"])
        #expect(sent.reports == [["a": "2"]])
        bench.receive(#"{"added_devices":[{"id":"ns/d1","name":"d1"}]}"#, on: "$hw/events/node/n/membership/updated")
        #expect(bench.deliver().map(\.topic) == ["$hw/events/device/ns/d1/twin/get"])
    }

    @Test func devicesWithoutAPlaceInTopicsAreSaidAndLeftOut() {
        var bench = CoreBench([CoreBench.device(DeviceID("a/b")), CoreBench.device()])
        #expect(bench.logs.map { $0.details["device"] } == ["a/b"])
        bench.connect()
        #expect(bench.parcels.count == 1)
    }

    @Test func aRefusedSubscriptionIsSaidAndReportsGoOut() {
        var bench = CoreBench()
        bench.tell { core, _ in core.connected() }
        let error = MQTTError(.subscriptionRefused, "no")
        bench.tell { $0.subscribed([CoreBench.id], connection: 1, failure: error, at: $1) }
        #expect(bench.logs.count == 1)
        bench.report(["a": "1"])
        bench.wait(.seconds(5))
        #expect(bench.deliver().reports == [["a": "1"]])
    }
}
