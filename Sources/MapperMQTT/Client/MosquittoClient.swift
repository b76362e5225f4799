// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Logging
import Synchronization

/// A connection to an MQTT broker that comes back by itself.
///
/// The broker remembers nothing between connections (clean session): subscribe again after each `.connected`.
package final class MosquittoClient: Sendable {
    /// What happened, in order; for one consumer.
    ///
    /// At most 8192 events wait; beyond that the oldest are dropped, as the newest is what counts for a twin.
    /// `.connected` cannot get lost so: until its consumer has taken it and subscribed, no messages come.
    package let events: AsyncStream<MQTTEvent>

    private let configuration: MQTTConfiguration
    private let queue: CommandQueue
    private let continuation: AsyncStream<MQTTEvent>.Continuation
    private let ended = Latch()
    private let isStarted = Atomic(false)
    private let logger: Logger

    /// Creates a client that does not connect yet.
    /// - Throws: ``MQTTError`` of code `invalidConfiguration`, naming the setting or file.
    package init(_ configuration: MQTTConfiguration, logger: Logger) throws(MQTTError) {
        try configuration.check()
        // Lets the library have its say about the settings before anything runs.
        _ = try MosquittoHandle.make(configuration)
        self.configuration = configuration
        self.logger = logger
        queue = try CommandQueue()
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(8192))
    }

    deinit {
        queue.requestStop()
    }

    /// Begins to connect, and goes on trying until ``stop()``; a broker that is down is no error.
    package func start() throws(MQTTError) {
        guard !isStarted.exchange(true, ordering: .relaxed) else { return }
        let loop = MosquittoLoop(configuration: configuration, queue: queue, events: continuation, logger: logger)
        try OwnThread.start { [ended] in
            var loop = loop
            loop.run()
            ended.open()
        }
    }

    /// Subscribes; returns when the broker has said yes to all filters.
    ///
    /// Messages may arrive before that.
    /// - Throws: ``MQTTError``, the first if there are several; with `subscriptionRefused` it names the refused filters,
    ///   the others are subscribed to. A filter that MQTT cannot carry takes the up to 200 of its packet with it.
    package func subscribe(_ filters: [String], qos: Int = 1) async throws(MQTTError) {
        var failure: MQTTError?
        for part in Self.portions(filters) {
            do throws(MQTTError) {
                try await ask { .subscribe(part, qos: qos, $0) }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// Unsubscribes; returns when the broker has confirmed it.
    package func unsubscribe(_ filters: [String]) async throws(MQTTError) {
        for part in Self.portions(filters) { try await ask { .unsubscribe(part, $0) } }
    }

    /// Publishes; returns when the broker has acknowledged it (QoS 1 and 2) or it was written to the socket (QoS 0).
    /// - Throws: ``MQTTError``; after `connectionLost` it is not known whether the broker got the message.
    package func publish(_ message: MQTTMessage) async throws(MQTTError) {
        guard !message.topic.utf8.contains(0) else {
            throw MQTTError(.invalidMessage, "a topic cannot contain a zero byte")
        }
        try await ask { .publish(message, $0) }
    }

    /// Publishes with QoS 1 and never retained, as everything a mapper says must be; returns when acknowledged.
    func publish(_ payload: [UInt8], on topic: String) async throws(MQTTError) {
        try await publish(MQTTMessage(topic: topic, payload: payload, qos: 1, retain: false))
    }

    /// Says goodbye to the broker and ends; everyone who still waits for an answer gets `stopped`.
    ///
    /// Takes less than a second. Only the look-up of a host name cannot be interrupted: the thread that does it is
    /// left to end by itself then.
    package func stop() async {
        queue.requestStop()
        if isStarted.exchange(true, ordering: .relaxed) {
            await ended.wait(atMost: .milliseconds(800))
        }
    }

    private func ask(_ command: (ClientCommand.Answer) -> ClientCommand) async throws(MQTTError) {
        let result = await withCheckedContinuation { queue.add(command($0)) }
        try result.get()
    }

    /// Filters in groups that make packets of a modest size.
    private static func portions(_ filters: [String]) -> [[String]] {
        stride(from: 0, to: filters.count, by: 200).map { Array(filters[$0..<min($0 + 200, filters.count)]) }
    }
}
