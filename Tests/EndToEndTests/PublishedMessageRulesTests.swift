// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import MapperMQTT
import Testing

extension EndToEndTests {
    /// The rules the other tests rely on find what they are to find.
    struct PublishedMessageRulesTests {
        private static let update = "$hw/events/device/d/twin/update"
        private static let state = "$hw/events/device/d/state/update"

        @Test(arguments: [
            (update, twin(#"{"actual":{"value":"1"},"metadata":{"type":"int"}}"#)),
            (state, #"{"event_id":"","timestamp":1,"state":"online"}"#),
            ("$hw/events/device/d/twin/get", #"{"event_id":"","timestamp":1}"#),
        ])
        func `Good messages pass`(topic: String, payload: String) {
            #expect(breaches(topic, payload) == [])
        }

        @Test(arguments: [
            (update, twin(#"{"expected":{"value":"1"},"actual":{"value":"1"},"metadata":{"type":"int"}}"#)),
            (update, twin(#"{"actual":{"value":1},"metadata":{"type":"int"}}"#)),
            (update, twin(#"{"actual":{},"metadata":{"type":"int"}}"#)),
            (update, twin(#"{"actual":{"value":null},"metadata":{"type":"int"}}"#)),
            (update, twin(#"{"actual":{"value":"a b"},"metadata":{"type":"string"}}"#)),
            (update, twin(#"{"actual":{"value":"ä"},"metadata":{"type":"string"}}"#)),
            (update, twin(#"{"actual":{"value":"1"},"metadata":{"type":"double"}}"#)),
            (update, twin(#"{"actual":{"value":"1"}}"#)),
            (update, #"{"event_id":"","timestamp":1}"#),
            (update, #"{"event_id":"","timestamp":1.5,"twin":{}}"#),
            (update, "nonsense"),
            (state, #"{"event_id":"","timestamp":1,"state":"OK"}"#),
            (state, #"{"event_id":"","timestamp":"1","state":"online"}"#),
            ("default/d", #"{"event_id":"","timestamp":1}"#),
        ])
        func `Bad messages do not`(topic: String, payload: String) {
            #expect(!breaches(topic, payload).isEmpty)
        }

        @Test func `A retained message does not pass`() {
            let payload = Array(#"{"event_id":"","timestamp":1,"state":"online"}"#.utf8)
            let message = MQTTMessage(topic: Self.state, payload: payload, retain: true)
            #expect(PublishedMessageRules.breaches([SeenMessage(message)]).count == 1)
        }

        @Test func `A type passes when the edge itself gave it to a twin`() {
            let twin = Self.twin(#"{"actual":{"value":"1"},"metadata":{"type":"integer"}}"#)
            let messages = [(Self.update + "/document", Self.document("integer")), (Self.update, twin)].map {
                SeenMessage(MQTTMessage(topic: $0, payload: Array($1.utf8)))
            }
            #expect(PublishedMessageRules.breaches(messages) == [])
            #expect(PublishedMessageRules.breaches(messages.suffix(1)).count == 1)
        }

        private static func document(_ type: String) -> String {
            #"{"event_id":"","timestamp":1,"twin":{"p":{"last":null,"current":{"metadata":{"type":"\#(type)"}}}}}"#
        }

        private func breaches(_ topic: String, _ payload: String) -> [String] {
            PublishedMessageRules.breaches([SeenMessage(MQTTMessage(topic: topic, payload: Array(payload.utf8)))])
        }

        private static func twin(_ twin: String) -> String { #"{"event_id":"","timestamp":1,"twin":{"p":\#(twin)}}"# }
    }
}
