// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import mapperctl

struct TwinOutputTests {
    private let answer = """
        {"event_id":"e","timestamp":200000,"twin":{"b":{"expected":{"value":""},"metadata":{"type":"int"}},\
        "a":{"expected":{"value":"5"},"actual":{"value":"4","metadata":{"timestamp":190000}},\
        "metadata":{"type":"float"}}}}
        """

    @Test func laysOutATable() throws {
        let message = try #require(TwinMessage(payload: Array(answer.utf8)))
        #expect(
            TwinRow.table(message).description == """
                PROPERTY  DESIRED  REPORTED  TYPE   AGE
                a         5        4         float  10 s
                b         -        -         int    -
                """
        )
    }

    @Test func writesJSON() throws {
        let message = try #require(TwinMessage(payload: Array(answer.utf8)))
        let json = try TwinRow.json(message).filter { !$0.isWhitespace }
        #expect(
            json == #"[{"desired":"5","property":"a","reported":"4","reportedAt":190000,"type":"float"},"#
                + #"{"property":"b","type":"int"}]"#
        )
    }

    @Test(arguments: [
        (#"{"last":null,"current":{"expected":{"value":"5"}}}"#, "p s: desired '5', reported nothing"),
        (
            #"{"last":{"actual":{"value":"4"}},"current":{"expected":{"value":"5"},"actual":{"value":"5"}}}"#,
            "p s: desired '5', reported '4' -> '5'"
        ),
        (#"{"last":{"actual":{"value":"4"}},"current":null}"#, "p s: gone"),
    ])
    func tellsOfChanges(_ change: String, _ line: String) {
        let payload = Array(#"{"event_id":"","timestamp":1,"twin":{"s":\#(change)}}"#.utf8)
        let topic = TwinTopic(device: "p")
        #expect(TwinWatchCommand.lines(topic.document, payload, [topic]) == [line])
    }

    @Test func tellsOfStates() {
        let payload = Array(#"{"event_id":"","timestamp":1,"device":{"name":"p","state":"online"}}"#.utf8)
        let topic = TwinTopic(device: "p")
        #expect(TwinWatchCommand.lines(topic.stateResult, payload, [topic]) == ["p: online"])
        #expect(TwinWatchCommand.lines(topic.stateResult, payload, [TwinTopic(device: "q")]).isEmpty)
    }
}
