// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperMQTT
import MapperTesting

/// Publishes in a mapper's place, and sees everything that goes over the broker, in order.
final class Observer {
    private let client: MosquittoClient
    private var events: AsyncStream<MQTTEvent>.Iterator
    private var published: [MQTTMessage] = []
    private var marks = 0

    init(_ broker: TestBroker) async throws {
        client = try MosquittoClient(broker.server, logger: Logger(label: "observer"))
        events = client.events.makeAsyncIterator()
        try client.start()
        while let event = await events.next(isolation: #isolation), event != .connected {}
        try await client.subscribe(["$hw/#", "$ke/#"], qos: 1)
    }

    func publish(_ topic: String, _ payload: String) async throws {
        let message = MQTTMessage(topic: topic, payload: Array(payload.utf8))
        published.append(message)
        try await client.publish(message)
    }

    /// Everything the edge has said to what was published before.
    ///
    /// A question at the end is answered after everything else: then there is nothing left to wait for.
    func answers() async throws -> [DeviceTwin.Output] {
        marks += 1
        let mark = "mark \(marks)"
        try await publish("$hw/events/node/edge-node/membership/get", "{\"event_id\":\"\(mark)\"}")
        var answers: [DeviceTwin.Output] = []
        while let event = await events.next(isolation: #isolation) {
            guard case .message(let message) = event else { continue }
            if let own = published.firstIndex(of: message) {
                published.remove(at: own)
                continue
            }
            let payload = String(decoding: message.payload, as: UTF8.self)
            if message.topic.hasSuffix("membership/get/result"), payload.contains(mark) { return answers }
            answers.append(.mqtt(topic: message.topic, payload: payload))
        }
        return answers
    }

    func stop() async { await client.stop() }
}
