// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperMQTT
import MapperKit
import Testing

@Suite struct OutgoingMessageTests {
    private func text(_ message: some Encodable) -> String {
        String(decoding: OutgoingMessage.bytes(message), as: UTF8.self)
    }

    @Test func writesAReport() throws {
        let message = OutgoingMessage.TwinUpdate(
            event_id: "e1",
            timestamp: 1_600_000_000_004,
            twin: [
                "temperature": .init(try TwinText("23.5", twinType: "float")),
                "label": .init(try TwinText("", twinType: "string")),
            ]
        )
        #expect(
            text(message)
                == #"{"event_id":"e1","timestamp":1600000000004,"twin":{"#
                + #""label":{"actual":{"value":""},"metadata":{"type":"string"}},"#
                + #""temperature":{"actual":{"value":"23.5"},"metadata":{"type":"float"}}}}"#
        )
    }

    @Test func writesAState() {
        let message = OutgoingMessage.StateUpdate(event_id: "e", timestamp: 1, state: DeviceState.online.rawValue)
        #expect(text(message) == #"{"event_id":"e","state":"online","timestamp":1}"#)
    }

    @Test func writesAQuestion() {
        #expect(text(OutgoingMessage.TwinGet(event_id: "e", timestamp: 1)) == #"{"event_id":"e","timestamp":1}"#)
    }

    @Test func writesTelemetryWithTheTimeItWasReadAndAnyCharacters() {
        let value = TwinReport.Value("a/b é", dataType: .double, acquiredAt: Timestamp(milliseconds: 7))
        let message = OutgoingMessage.DataUpdate(event_id: "e", timestamp: 9, data: ["p": .init(value)])
        #expect(
            text(message)
                == #"{"data":{"p":{"metadata":{"timestamp":7,"type":"double"},"value":"a/b é"}},"event_id":"e","timestamp":9}"#
        )
    }
}
