// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperMQTT
import Synchronization

/// Hears every value that the mapper reports, and compares it with what the register of that name holds.
final class SoakWitness: Sendable {
    /// Is what was heard so far.
    struct Seen: Sendable {
        var messages = 0
        var values = 0
        var wrong = 0
        /// The first wrong values, in words.
        var examples: [String] = []
        /// When each device told a value last.
        var heard: [String: ContinuousClock.Instant] = [:]
    }

    /// The parts of a message that matter: telemetry has `data`, a report `twin`.
    private struct Message: Decodable {
        struct Value: Decodable { var value: String }
        struct Twin: Decodable { var actual: Value? }

        var data: [String: Value]?
        var twin: [String: Twin]?

        var values: [String: String] {
            (data ?? [:]).mapValues(\.value)
                .merging((twin ?? [:]).compactMapValues { $0.actual?.value }) { first, _ in first }
        }
    }

    private let client: MosquittoClient
    private let state: SharedState
    private let reader: Task<Void, Never>

    /// Returns when it is subscribed.
    init(_ broker: BrokerAddress) async throws {
        var logger = Logger(label: "witness")
        logger.logLevel = .critical
        let client = try MosquittoClient(MQTTConfiguration(server: broker), logger: logger)
        let state = SharedState()
        (self.client, self.state) = (client, state)
        let (subscriptions, subscribed) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        reader = Task {
            for await event in client.events {
                switch event {
                case .connected:
                    let filters = ["$ke/events/device/+/data/update", "$hw/events/device/+/twin/update"]
                    guard (try? await client.subscribe(filters, qos: 0)) != nil else { continue }
                    subscribed.yield()
                case .disconnected: break
                case .message(let message): state.take(message)
                }
            }
        }
        try client.start()
        for await _ in subscriptions { break }
    }

    deinit { reader.cancel() }

    var seen: Seen { state.seen.withLock(\.self) }

    /// Is what the reader and the benchmark share.
    private final class SharedState: Sendable {
        let seen = Mutex(Seen())

        func take(_ message: MQTTMessage) {
            let words = message.topic.split(separator: "/")
            guard words.count > 3,
                let content = try? JSONDecoder().decode(Message.self, from: Data(message.payload))
            else { return }
            let device = String(words[3])
            let wrong = content.values.filter { SoakWorld.value(of: $0.key, device) != $0.value }
            seen.withLock { seen in
                seen.messages += 1
                seen.values += content.values.count
                seen.wrong += wrong.count
                for (name, value) in wrong where seen.examples.count < 20 {
                    let wanted = SoakWorld.value(of: name, device) ?? "nothing"
                    seen.examples.append("\(device) \(name) = \(value) instead of \(wanted) on \(message.topic)")
                }
                if !content.values.isEmpty { seen.heard[device] = .now }
            }
        }
    }
}
