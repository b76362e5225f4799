// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
@testable import MapperMQTT
import Testing

@Suite struct LinkCoreReportTests {
    private func bench(
        _ twins: String = "{}",
        _ devices: [DeviceInstance] = [CoreBench.device()]
    ) -> CoreBench {
        var bench = CoreBench(devices)
        bench.connect()
        bench.receive(#"{"event_id":"x","timestamp":1,"twin":\#(twins)}"#, .twinGetResult)
        _ = bench.deliver()
        return bench
    }

    @Test func oneMessageAtATimeCarriesTheNewestOfEach() {
        var bench = bench()
        bench.report(["a": "1", "b": "1"])
        #expect(bench.parcels.reports == [["a": "1", "b": "1"]])
        bench.report(["a": "2"])
        bench.report(["a": "3", "c": "1"])
        #expect(bench.parcels.count == 1)
        #expect(bench.deliver().reports == [["a": "1", "b": "1"], ["a": "3", "c": "1"]])
        #expect(bench.deliver().isEmpty)
    }

    @Test func aDeviceIsBehindWhileItsValuesWaitForEarlierOnes() {
        var bench = bench()
        #expect(!bench.core.isBehind(CoreBench.id))
        bench.report(["a": "1"])
        #expect(!bench.core.isBehind(CoreBench.id))
        bench.report(["a": "2"])
        #expect(bench.core.isBehind(CoreBench.id))
        _ = bench.deliver()
        #expect(!bench.core.isBehind(CoreBench.id))
        for text in ["1", "2"] {
            #expect(!bench.core.isBehind(CoreBench.id))
            bench.tell { $0.publish(Telemetry(CoreBench.id, ["t": CoreBench.value(text)]), at: $1) }
        }
        #expect(bench.core.isBehind(CoreBench.id))
        #expect(!bench.core.isBehind(DeviceID("another")))
        bench.tell { core, _ in core.disconnected() }
        #expect(!bench.core.isBehind(CoreBench.id))
    }

    @Test func devicesDoNotWaitForEachOther() {
        let other = DeviceID("d2")
        var bench = bench("{}", [CoreBench.device(), CoreBench.device(other)])
        bench.receive(#"{"twin":{}}"#, .twinGetResult, of: other)
        bench.report(["a": "1"])
        bench.report(["a": "1"], of: other)
        #expect(bench.parcels.count == 2)
    }

    @Test func everyMessageHasItsOwnEventID() {
        var bench = bench()
        for number in 0..<5 {
            bench.report(["a": "\(number)"])
            bench.tell { $0.report(number.isMultiple(of: 2) ? .online : .offline, of: CoreBench.id, at: $1) }
            bench.tell { $0.publish(Telemetry(CoreBench.id, ["a": CoreBench.value("1")]), at: $1) }
        }
        let ids = bench.deliver().compactMap { $0.text.firstMatch(of: /"event_id":"([^"]+)"/)?.output.1 }
        #expect(ids.count > 5)
        #expect(Set(ids).count == ids.count)
    }

    @Test func whatWasLostIsSentAgainUnlessSomethingNewerWaits() {
        var bench = bench()
        bench.report(["a": "1", "b": "1"])
        bench.tell { $0.report(.online, of: CoreBench.id, at: $1) }
        bench.report(["a": "2"])
        bench.tell { $0.publish(Telemetry(CoreBench.id, ["t": CoreBench.value("1")]), at: $1) }
        bench.tell { core, _ in core.disconnected() }
        bench.fail(MQTTError(.connectionLost, "gone"))
        bench.tell { $0.publish(Telemetry(CoreBench.id, ["t": CoreBench.value("2")]), at: $1) }
        bench.report(["c": "1"])
        bench.wait(.seconds(100))
        #expect(bench.parcels.isEmpty)
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        let sent = bench.deliver()
        #expect(sent.reports == [["a": "2", "b": "1", "c": "1"]])
        #expect(sent.on(.stateUpdate).count == 1)
        #expect(sent.filter { $0.topic.hasSuffix("data/update") }.map { $0.text.contains(#""value":"2""#) } == [true])
    }

    @Test func aReconnectionRepeatsEverythingOnce() {
        var bench = bench()
        bench.report(["a": "1"])
        bench.report(["b": "1"])
        bench.tell { $0.report(.offline, of: CoreBench.id, at: $1) }
        bench.tell { $0.publish(Telemetry(CoreBench.id, ["t": CoreBench.value("1")]), at: $1) }
        _ = bench.deliver()
        bench.tell { core, _ in core.disconnected() }
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        let sent = bench.deliver()
        #expect(sent.reports == [["a": "1", "b": "1"]])
        #expect(sent.on(.stateUpdate).map(\.text).allSatisfy { $0.contains(#""state":"offline""#) })
        #expect(sent.count == 3)
        bench.wait(.seconds(60))
        #expect(bench.deliver().isEmpty)
    }

    @Test func anAnswerFromAnOlderConnectionChangesNothing() {
        var bench = bench()
        bench.report(["a": "1"])
        let old = bench.parcels
        bench.parcels = []
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        for parcel in old { bench.tell { $0.published(parcel, failure: MQTTError(.connectionLost, ""), at: $1) } }
        #expect(bench.deliver().reports == [["a": "1"]])
        #expect(bench.deliver().isEmpty)
    }

    @Test func aValueThatEdgeCoreWouldRefuseStaysBehindAndIsSaidOnce() {
        var bench = bench(#"{"a":{"metadata":{"type":"int"}},"b":{"metadata":{"type":"boolean"}}}"#)
        bench.report(["a": "1.5", "b": "true", "c": "two words"], .string)
        #expect(bench.deliver().reports == [["b": "true"]])
        #expect(bench.logs.map { $0.details["property"] } == ["a", "c"])
        #expect(bench.logs[0].message.contains("the twin's type is int"))
        #expect(bench.logs[1].message.contains("letters, digits"))
        bench.report(["a": "2.5", "c": "three words"], .string)
        #expect(bench.deliver().isEmpty)
        #expect(bench.logs.count == 2)
        // It is said again after it was well for a while, or for another reason.
        bench.report(["a": "2"])
        #expect(bench.deliver().reports == [["a": "2"]])
        bench.report(["a": "2.5"], .string)
        bench.report(["a": "2 5"], .string)
        #expect(bench.deliver().isEmpty)
        #expect(bench.logs.count == 4)
    }

    @Test func aNameThatNoTwinCanHaveStaysBehind() {
        var bench = bench()
        bench.report(["größe": "1", "a": "1"])
        #expect(bench.deliver().reports == [["a": "1"]])
        #expect(bench.logs.map { $0.details["property"] } == ["größe"])
    }

    @Test func learnsTypesFromEveryMessage() {
        let typed = #"{"expected":{"value":"x"},"metadata":{"type":"int"}}"#
        for (json, subject) in [
            (#"{"twin":{"a":\#(typed)}}"#, EdgeTopic.Subject.twinGetResult),
            (#"{"twin":{"a":\#(typed)},"delta":{"a":"x"}}"#, .twinUpdateDelta),
            (#"{"twin":{"a":{"last":null,"current":\#(typed)}}}"#, .twinUpdateDocument),
        ] {
            var bench = bench()
            bench.receive(json, subject)
            bench.report(["a": "1.5"], .double)
            #expect(bench.deliver().reports.isEmpty, "\(subject)")
            bench.receive(#"{"twin":{"a":{"last":null,"current":null}}}"#, .twinUpdateDocument)
            bench.report(["a": "1.5"], .double)
            #expect(bench.deliver().reports == [["a": "1.5"]], "\(subject)")
        }
    }

    @Test func namesTheTypeOfTheTwinOrElseOfTheProfileOrElseOfTheModel() {
        var bench = bench(
            #"{"a":{"metadata":{"type":"integer"}}}"#,
            [
                CoreBench.device(
                    CoreBench.id,
                    [CoreBench.property("a"), CoreBench.property("b", declared: "float"), CoreBench.property("c")]
                )
            ]
        )
        bench.report(["a": "1", "b": "1", "c": "1"])
        let text = bench.deliver().first?.text ?? ""
        #expect(text.contains(#""a":{"actual":{"value":"1"},"metadata":{"type":"integer"}}"#))
        #expect(text.contains(#""b":{"actual":{"value":"1"},"metadata":{"type":"float"}}"#))
        #expect(text.contains(#""c":{"actual":{"value":"1"},"metadata":{"type":"int"}}"#))
    }

    @Test func whenEdgeCoreRefusesManyValuesEachIsSentAlone() throws {
        var bench = bench()
        bench.report(["a": "1", "b": "2", "c": "3"])
        let id = try #require(bench.deliver().first?.text.firstMatch(of: /"event_id":"([^"]+)"/)?.output.1)
        let refusal = #"{"event_id":"\#(id)","timestamp":1,"code":400,"reason":"the value is not int"}"#
        bench.receive(refusal, .twinUpdateResult)
        let single = bench.deliver()
        #expect(single.reports == [["a": "1"], ["b": "2"], ["c": "3"]])
        #expect(bench.logs.isEmpty)
        let second = try #require(single[1].text.firstMatch(of: /"event_id":"([^"]+)"/)?.output.1)
        for _ in 0..<2 {
            bench.receive(
                #"{"event_id":"\#(second)","timestamp":1,"code":400,"reason":"the value is not int"}"#,
                .twinUpdateResult
            )
        }
        #expect(bench.deliver().isEmpty)
        #expect(bench.logs.count == 1)
        #expect(
            bench.logs.first?.details == [
                "device": "d1", "code": "400", "reason": "the value is not int", "property": "b",
            ]
        )
    }

    @Test func errorsOfOthersAreNotOurs() {
        var bench = bench()
        bench.receive(#"{"event_id":"other","timestamp":1,"code":400,"reason":"r"}"#, .twinUpdateResult)
        #expect(bench.logs.isEmpty)
        for _ in 0..<2 {
            bench.receive(
                #"{"event_id":"","timestamp":1,"code":400,"reason":"r"}"#,
                on: "$hw/events/device//twin/update/result"
            )
        }
        #expect(bench.logs.map(\.message) == ["EdgeCore refused somebody's report"])
    }

    @Test func aReportToADeviceThatIsGoneHoldsTheRest() throws {
        var bench = bench()
        bench.report(["a": "1"])
        let id = try #require(bench.deliver().first?.text.firstMatch(of: /"event_id":"([^"]+)"/)?.output.1)
        bench.receive(#"{"event_id":"\#(id)","timestamp":1,"code":404,"reason":"r"}"#, .twinUpdateResult)
        bench.report(["a": "2"])
        #expect(bench.deliver().isEmpty)
    }

    @Test func statesAreNewestOnly() {
        var bench = bench()
        for state in [DeviceState.online, .offline, .unknown] {
            bench.tell { $0.report(state, of: CoreBench.id, at: $1) }
        }
        let texts = bench.deliver().on(.stateUpdate).map(\.text)
        #expect(texts.count == 2)
        #expect(texts.first?.contains(#""state":"online""#) == true)
        #expect(texts.last?.contains(#""state":"unknown""#) == true)
    }

    @Test func aStateIsSaidOnceAndAgainOnlyAfterAReconnection() {
        var bench = bench()
        func sent(_ states: DeviceState...) -> [Parcel] {
            for state in states { bench.tell { $0.report(state, of: CoreBench.id, at: $1) } }
            return bench.deliver().on(.stateUpdate)
        }
        #expect(sent(.unknown).count == 1)
        #expect(sent(.unknown).isEmpty)
        #expect(sent(.online, .online).count == 1)
        #expect(sent(.unknown, .unknown).count == 1)
        bench.tell { core, _ in core.disconnected() }
        #expect(sent(.unknown).isEmpty)
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        #expect(sent(.unknown).count == 1)
        #expect(sent(.unknown).isEmpty)
    }

    @Test func aStateThatWasLostIsSaidAgainAlthoughItIsTheSame() {
        var bench = bench()
        bench.tell { $0.report(.online, of: CoreBench.id, at: $1) }
        bench.fail(MQTTError(.connectionLost, "gone"))
        bench.tell { $0.report(.online, of: CoreBench.id, at: $1) }
        #expect(bench.deliver().on(.stateUpdate).count == 1)
    }

    @Test(arguments: [
        (String?.none, "$ke/events/device/d1/data/update"), ("my/topic", "my/topic"),
        ("$ke/events/device/+/data/update", "$ke/events/device/d1/data/update"),
    ])
    func telemetryGoesWhereItCanGo(wanted: String?, topic: String) {
        var bench = bench("{}", [CoreBench.device(CoreBench.id, dataTopic: wanted)])
        bench.tell {
            $0.publish(Telemetry(CoreBench.id, topic: wanted, ["a": CoreBench.value("two words", .string)]), at: $1)
        }
        #expect(bench.deliver().map(\.topic) == [topic])
        #expect(bench.logs.count == (wanted?.contains("+") == true ? 1 : 0))
    }

    @Test func telemetryDoesNotWaitForEdgeCore() {
        var bench = CoreBench()
        bench.connect()
        _ = bench.deliver()
        bench.tell { $0.publish(Telemetry(CoreBench.id, ["a": CoreBench.value("1")]), at: $1) }
        #expect(bench.deliver().count == 1)
    }

    @Test func aMessageThatMQTTCannotCarryIsDroppedAndSaidOnce() {
        var bench = bench()
        for _ in 0..<2 {
            bench.tell { $0.publish(Telemetry(CoreBench.id, topic: "x", ["a": CoreBench.value("1")]), at: $1) }
            bench.fail(MQTTError(.invalidMessage, "no"))
        }
        bench.wait(.seconds(60))
        #expect(bench.parcels.isEmpty)
        #expect(bench.logs.count == 1)
    }

    @Test func isIdleWhenNothingCouldBeSent() {
        var bench = bench()
        #expect(bench.core.isIdle)
        bench.report(["a": "1"])
        #expect(!bench.core.isIdle)
        _ = bench.deliver()
        #expect(bench.core.isIdle)
        bench.tell { core, _ in core.disconnected() }
        bench.report(["a": "2"])
        #expect(bench.core.isIdle)
    }
}
