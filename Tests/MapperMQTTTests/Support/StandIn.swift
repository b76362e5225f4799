// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperMQTT
import Synchronization

/// Plays EdgeCore at the broker: records what mappers say and answers questions for twins as it is told to.
final class StandIn: Sendable {
    /// One message of a mapper.
    struct Heard: Sendable {
        let topic: String
        let text: String
        let isRetained: Bool

        /// The values of a report by property name.
        var actuals: [String: String]? {
            guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
                let twin = object["twin"] as? [String: [String: [String: String]]]
            else { return nil }
            return twin.mapValues { $0["actual"]?["value"] ?? "none" }
        }
    }

    private let client: MosquittoClient
    private let answers = Mutex<[String: String]>([:])
    private let stream: AsyncStream<Heard>
    private let continuation: AsyncStream<Heard>.Continuation
    private let listening: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// Connects and listens.
    init(_ address: BrokerAddress, answers: [String: String] = [:]) async throws {
        client = try MosquittoClient(MQTTConfiguration(server: address), logger: Logger(label: "stand-in"))
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1000))
        self.answers.withLock { $0 = answers }
        try client.start()
        let (ready, readyContinuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        listening.withLock { $0 = Task { await listen(readyContinuation) } }
        for await _ in ready { break }
    }

    /// Sets the answer to `twin/get` of a device; `nil` for none.
    func answer(_ device: String, _ json: String?) { answers.withLock { $0[device] = json } }

    /// What mappers say, in order.
    func hears() -> AsyncStream<Heard>.Iterator { stream.makeAsyncIterator() }

    /// Says something in EdgeCore's name.
    func say(_ json: String, _ topic: String) async throws {
        try await client.publish(MQTTMessage(topic: topic, payload: Array(json.utf8)))
    }

    func stop() async {
        await client.stop()
        listening.withLock { $0 }?.cancel()
    }

    private func listen(_ ready: AsyncStream<Void>.Continuation) async {
        for await event in client.events {
            switch event {
            case .connected:
                try? await client.subscribe(["$hw/events/device/#", "$ke/#", "my/#"])
                ready.yield()
            case .message(let message): await hear(message)
            case .disconnected: break
            }
        }
    }

    private func hear(_ message: MQTTMessage) async {
        if message.topic.hasSuffix("/result") || message.topic.contains("/update/") && message.topic.hasPrefix("$hw") {
            return
        }
        continuation.yield(
            Heard(
                topic: message.topic,
                text: String(decoding: message.payload, as: UTF8.self),
                isRetained: message.retain
            )
        )
        guard message.topic.hasSuffix("/twin/get"), let device = message.topic.split(separator: "/").dropLast(2).last,
            let answer = answers.withLock({ $0[String(device)] })
        else { return }
        try? await say(answer, message.topic + "/result")
    }
}

extension AsyncStream<StandIn.Heard>.Iterator {
    /// The next message on a topic with this ending.
    mutating func next(on ending: String) async -> StandIn.Heard? {
        while let heard = await next(isolation: #isolation) { if heard.topic.hasSuffix(ending) { return heard } }
        return nil
    }

    /// All messages until one comes on a topic with this ending, that one included.
    mutating func upTo(_ ending: String) async -> [StandIn.Heard] {
        var all: [StandIn.Heard] = []
        while let heard = await next(isolation: #isolation) {
            all.append(heard)
            if heard.topic.hasSuffix(ending) { break }
        }
        return all
    }
}
