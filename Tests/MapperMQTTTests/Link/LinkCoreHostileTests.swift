// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
@testable import MapperMQTT
import Testing

/// What a broken or hostile edge, broker or profile must not bring about.
@Suite struct LinkCoreHostileTests {
    private let id = CoreBench.id

    private func answered(_ devices: [DeviceInstance] = [CoreBench.device()]) -> CoreBench {
        var bench = CoreBench(devices)
        bench.connect()
        bench.receive(#"{"twin":{}}"#, .twinGetResult)
        _ = bench.deliver()
        return bench
    }

    // MARK: Subscriptions

    @Test(arguments: [MQTTError.Code.subscriptionRefused, .invalidMessage, .systemFailure, .tls, .invalidConfiguration])
    func aSubscriptionThatCannotSucceedIsSaidAndReportsGoOut(code: MQTTError.Code) {
        var bench = CoreBench()
        bench.tell { core, _ in core.connected() }
        let error = MQTTError(code, "no")
        bench.tell { $0.subscribed([id], connection: 1, failure: error, at: $1) }
        #expect(bench.logs.map(\.message) == ["desired values cannot arrive: no"])
        bench.report(["a": "1"])
        bench.wait(.seconds(5))
        #expect(bench.deliver().reports == [["a": "1"]])
    }

    @Test(arguments: [MQTTError.Code.notConnected, .connectionLost, .stopped, .timedOut])
    func aSubscriptionThatTheNextConnectionRepeatsIsNotSaid(code: MQTTError.Code) {
        var bench = CoreBench()
        bench.tell { core, _ in core.connected() }
        bench.tell { $0.subscribed([id], connection: 1, failure: MQTTError(code, "no"), at: $1) }
        #expect(bench.logs.isEmpty)
        #expect(bench.parcels.isEmpty)
    }

    @Test func anEndlessNameDoesNotSilenceTheOtherDevices() {
        let endless = DeviceID(String(repeating: "n", count: 70_000))
        var bench = CoreBench([CoreBench.device(endless), CoreBench.device()])
        #expect(bench.logs.count == 1)
        #expect(bench.logs.first?.details["device"]?.count == 301)
        bench.tell { core, _ in core.connected() }
        #expect(bench.subscriptions.map(\.devices) == [[id]])
        #expect(bench.subscriptions.flatMap(\.filters).allSatisfy { $0.utf8.count < 1000 })
    }

    // MARK: Types

    @Test(arguments: ["double", "deleted", #"evil type \""#, "Int", "bytes"])
    func aTypeThatEdgeCoreCannotTakeBackIsNotLearned(type: String) throws {
        var bench = answered()
        for subject in [EdgeTopic.Subject.twinGetResult, .twinUpdateDelta] {
            bench.receive(#"{"twin":{"a":{"metadata":{"type":"\#(type)"}}}}"#, subject)
        }
        bench.report(["a": "1"])
        let text = try #require(bench.deliver().first?.text)
        #expect(text.contains(#""metadata":{"type":"int"}"#), "\(text)")
    }

    // MARK: Floods

    @Test func manyMessagesOfASilentEdgeAreFewQuestions() {
        var bench = CoreBench()
        bench.connect()
        bench.wait(.seconds(5))
        _ = bench.deliver()
        var questions = 0
        for _ in 0..<20 {
            for _ in 0..<100 {
                bench.receive(#"{"twin":{},"delta":{"a":"1"}}"#, .twinUpdateDelta)
                bench.receive(#"{"twin":{}}"#, .twinUpdateDocument)
                bench.receive(#"{"event_id":"x"}"#, .twinUpdateResult)
            }
            bench.wait(.seconds(1))
            questions += bench.deliver().on(.twinGet).count
        }
        #expect((3...4).contains(questions), "\(questions)")
    }

    @Test func anEdgeHeardRightAfterAQuestionIsAskedFiveSecondsLater() {
        var bench = CoreBench()
        bench.connect()
        bench.wait(.seconds(5))
        #expect(bench.deliver().on(.twinGet).count == 2)
        bench.receive(#"{"twin":{},"delta":{"a":"1"}}"#, .twinUpdateDelta)
        bench.wait(.milliseconds(4900))
        #expect(bench.deliver().isEmpty)
        bench.wait(.milliseconds(100))
        #expect(bench.deliver().on(.twinGet).count == 1)
    }

    @Test func endlessReasonsAreCut() throws {
        let reason = String(repeating: "r", count: 100_000)
        let cut = String(repeating: "r", count: 300) + "…"
        var bench = answered()
        bench.report(["a": "1"])
        let event = try #require(bench.deliver().first?.text.firstMatch(of: /"event_id":"([^"]+)"/)?.output.1)
        let refusal = #"{"event_id":"\#(event)","code":400,"reason":"\#(reason)"}"#
        bench.receive(refusal, .twinUpdateResult)
        bench.receive(#"{"event_id":"","code":400,"reason":"\#(reason)"}"#, on: EdgeTopic.orphanResult.text)
        bench.receive(#"{"event_id":"x","code":500,"reason":"\#(reason)"}"#, .twinGetResult)
        #expect(bench.logs.map { $0.details["reason"] } == [cut, cut, cut])
    }

    @Test func endlessNamesAndValuesAreCutInTheLog() {
        let long = String(repeating: "x", count: 60_000)
        var bench = answered()
        bench.receive(#"{"added_devices":[{"id":"\#(long)"}]}"#, on: "$hw/events/node/n/membership/updated")
        bench.receive("nonsense", on: "$hw/events/node/\(long)/membership/updated")
        bench.receive(#"{"twin":{"\#(long)":5}}"#, .twinUpdateDelta)
        bench.report(["a": long], .string)
        #expect(bench.logs.count == 4)
        for line in bench.logs {
            #expect(line.message.count < 1000)
            #expect(line.details.values.allSatisfy { $0.count <= 301 })
        }
    }

    // MARK: Values

    @Test(arguments: [
        ("boolean", "1", String?("true"), String?("true")), ("int", "+5", "5", "5"), ("float", "1_0", "10", "10"),
        ("boolean", "true", "false", "true"), ("boolean", "1", nil, nil), ("boolean", "1", "yes", nil),
        ("string", "two words", "2 words", nil),
    ])
    func aDesiredTextThatTheTwinRefusesIsSaidInOtherWords(
        type: String,
        text: String,
        fallback: String?,
        sent: String?
    ) {
        var bench = answered()
        bench.receive(#"{"twin":{"a":{"metadata":{"type":"\#(type)"}}}}"#, .twinUpdateDelta)
        let value = TwinReport.Value(
            text,
            dataType: .string,
            acquiredAt: Timestamp(milliseconds: 5),
            observedDesired: text,
            fallbackText: fallback
        )
        bench.tell { $0.report(TwinReport(id, ["a": value]), at: $1) }
        #expect(bench.deliver().reports == (sent.map { [["a": $0]] } ?? []))
        #expect(bench.logs.count == (sent == nil ? 1 : 0))
    }
}
