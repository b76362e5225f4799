// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Logging
import MapperMQTT
import Synchronization

/// Sees everything that goes over a broker, and can speak in EdgeCore's place.
final class Observer: Sendable {
    private struct Seen {
        var messages: [SeenMessage] = []
        var connections = 0
    }

    private let client: MosquittoClient
    private let seen: Mutexed<Seen>
    private let reader: Task<Void, Never>

    /// Returns when it is subscribed to everything.
    init(_ broker: BrokerAddress) async throws {
        var logger = Logger(label: "observer")
        logger.logLevel = .critical
        let client = try MosquittoClient(MQTTConfiguration(server: broker), logger: logger)
        let seen = Mutexed(Seen())
        self.client = client
        self.seen = seen
        reader = Task {
            for await event in client.events {
                switch event {
                case .connected:
                    // A connection that breaks at once is followed by another one.
                    guard (try? await client.subscribe(["$hw/#", "$ke/#"])) != nil else { continue }
                    seen.value.withLock { $0.connections += 1 }
                case .disconnected: break
                case .message(let message): seen.value.withLock { $0.messages.append(SeenMessage(message)) }
                }
            }
        }
        try client.start()
        try await eventually("the observer's connection") { connections > 0 }
    }

    deinit {
        reader.cancel()
    }

    /// How often it has connected.
    var connections: Int { seen.value.withLock(\.connections) }

    /// How many messages there were; a place to count from.
    var count: Int { seen.value.withLock(\.messages.count) }

    /// The messages from a place on.
    func messages(since start: Int = 0) -> [SeenMessage] { seen.value.withLock { Array($0.messages.dropFirst(start)) } }

    /// A device's messages of one subject, `twin/update` for one.
    func messages(of device: String, _ subject: String, since start: Int = 0) -> [SeenMessage] {
        let topic = SeenMessage.topic(device, subject)
        return messages(since: start).filter { $0.topic == topic }
    }

    /// Every value reported of a property, in order.
    func reports(of property: String, _ device: String, since start: Int = 0) -> [String] {
        messages(of: device, "twin/update", since: start).compactMap { $0.reported[property] }
    }

    /// Every state reported of a device, in order.
    func states(of device: String, since start: Int = 0) -> [String] {
        messages(of: device, "state/update", since: start).compactMap(\.state)
    }

    /// Publishes; returns when the broker has it.
    func publish(_ payload: String, on topic: String) async throws {
        try await client.publish(MQTTMessage(topic: topic, payload: Array(payload.utf8)))
    }

    /// Says what EdgeCore says when reported values differ from desired ones.
    func publishDelta(_ values: [String: String], of device: String) async throws {
        let twins = values.map { "\"\($0)\":{\"expected\":{\"value\":\"\($1)\"},\"metadata\":{\"type\":\"string\"}}" }
        let delta = values.map { "\"\($0)\":\"\($1)\"" }
        let payload = """
            {"event_id":"","timestamp":1600000000000,"twin":{\(twins.joined(separator: ","))},\
            "delta":{\(delta.joined(separator: ","))}}
            """
        try await publish(payload, on: SeenMessage.topic(device, "twin/update/delta"))
    }

    /// Ends the connection.
    func stop() async { await client.stop() }

    /// What a broker has kept for whoever subscribes.
    static func retained(at broker: BrokerAddress) async throws -> [SeenMessage] {
        let late = try await Observer(broker)
        // What is retained comes before anything published after the subscription.
        let mark = "$ke/test/mark"
        try await late.publish("{}", on: mark)
        try await eventually("the mark") { late.messages().contains { $0.topic == mark } }
        await late.stop()
        return late.messages().filter(\.isRetained)
    }
}
