// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperMQTT

/// Hears what is published on a broker.
final class Subscriber: Sendable {
    /// What mappers say of values.
    static let values = ["$ke/events/device/+/data/update", "$hw/events/device/+/twin/update"]

    private let client: MosquittoClient
    private let reader: Task<Void, Never>

    /// Returns when it is subscribed.
    init(
        _ broker: BrokerAddress,
        to filters: [String] = Subscriber.values,
        _ hear: @escaping @Sendable (MQTTMessage) -> Void
    ) async throws {
        var logger = Logger(label: "subscriber")
        logger.logLevel = .critical
        let client = try MosquittoClient(MQTTConfiguration(server: broker), logger: logger)
        self.client = client
        let (subscriptions, subscribed) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        reader = Task {
            for await event in client.events {
                switch event {
                case .connected:
                    guard (try? await client.subscribe(filters, qos: 0)) != nil else { continue }
                    subscribed.yield()
                case .disconnected: break
                case .message(let message): hear(message)
                }
            }
        }
        try client.start()
        for await _ in subscriptions { break }
    }

    deinit { reader.cancel() }
}
