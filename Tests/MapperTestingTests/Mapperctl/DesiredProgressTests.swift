// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import mapperctl

struct DesiredProgressTests {
    private let topic = TwinTopic(device: "p")

    private func accept(_ progress: inout DesiredProgress) -> [DesiredProgress.Step] {
        progress.take(ControlTopic.answer("p"), Array("{}".utf8))
    }

    private func report(_ value: String, _ progress: inout DesiredProgress) -> [DesiredProgress.Step] {
        let document = #"{"timestamp":1,"twin":{"s":{"last":null,"current":{"actual":{"value":"\#(value)"}}}}}"#
        return progress.take(topic.document, Array(document.utf8))
    }

    @Test func isDoneWhenTheValueIsReported() {
        var progress = DesiredProgress(device: "p", property: "s", value: "5")
        #expect(progress.outcome == .unanswered)
        #expect(!progress.isAnswered)
        #expect(accept(&progress) == [.accepted])
        #expect(progress.isAnswered)
        // Asked twice, answered twice, said once.
        #expect(accept(&progress) == [])
        #expect(progress.outcome == .pending(reported: nil))
        #expect(report("4", &progress) == [.reported("4")])
        #expect(report("4", &progress) == [])
        #expect(!progress.isFinished)
        #expect(report("5", &progress) == [.reported("5")])
        #expect(progress.isFinished)
        #expect(progress.outcome == .reported)
    }

    @Test func isRefusedWithTheEdgesWords() throws {
        var progress = DesiredProgress(device: "p", property: "s", value: "5")
        let answer = try ControlTopic.payload(ControlTopic.Answer(reason: "no"))
        #expect(progress.take(ControlTopic.answer("p"), answer) == [])
        #expect(progress.isFinished)
        #expect(progress.outcome == .refused("no"))
    }

    @Test func aValueThatWasThereAlreadyCounts() {
        var progress = DesiredProgress(device: "p", property: "s", value: "5")
        _ = accept(&progress)
        let answer = #"{"event_id":"","timestamp":1,"twin":{"s":{"actual":{"value":"5"}}}}"#
        #expect(progress.take(topic.getResult, Array(answer.utf8)) == [.reported("5")])
        #expect(progress.outcome == .reported)
    }

    @Test(arguments: ["p", "space/p"])
    func controlTopicsNameTheDevice(_ device: String) {
        #expect(ControlTopic.device(ControlTopic.request(device)) == device)
        #expect(ControlTopic.device(ControlTopic.answer(device)) == nil)
    }
}
