// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Logging
public import MapperKit

/// Follows the device twins of a node and desires values, by the broker that EdgeCore uses: for applications at the
/// edge, on any KubeEdge and on `mapperctl edge`.
///
/// ```swift
/// let client = try TwinClient(MQTTConfiguration(server: .local), logger: logger)
/// try await client.follow { news in print(news) }
/// ```
public final class TwinClient: Sendable {
    private let client: MosquittoClient
    private let clock = SystemClock()
    /// What the identifiers of its messages begin with, so that it knows the answers.
    private let mark = "twins-\(UUID().uuidString)-"

    /// Creates a client that does not connect yet.
    /// - Throws: ``MQTTError`` of code `invalidConfiguration`, naming the setting or file.
    public init(_ configuration: MQTTConfiguration = MQTTConfiguration(), logger: Logger) throws(MQTTError) {
        client = try MosquittoClient(configuration, logger: logger)
    }

    /// Connects, and says what happens until the task is cancelled; to be called once.
    ///
    /// After each connection EdgeCore is asked for everything it knows, and what is not known yet is said as a change.
    /// A report that repeats the values there are is no change.
    /// - Parameter listener: Called for one piece of news after the other, in order. While it runs, at most 8192 messages
    ///   wait; beyond that the oldest are lost.
    /// - Throws: ``MQTTError`` when it makes no sense to go on: the broker refuses a subscription.
    public func follow(_ listener: (TwinNews) async -> Void) async throws(MQTTError) {
        var known = KnownTwins(mark: mark)
        try client.start()
        for await event in client.events {
            switch event {
            case .connected:
                guard try await attempt({ () throws(MQTTError) in try await greet() }) else { continue }
                await listener(.connected)
            case .disconnected(let error): await listener(.disconnected(error))
            case .message(let message):
                for step in known.take(message) {
                    switch step {
                    case .tell(let news): await listener(news)
                    case .ask(let device):
                        _ = try await attempt { () throws(MQTTError) in try await ask(device) }
                    }
                }
            }
        }
        await client.stop()
    }

    /// Desires a value of a property, in the cloud's place; returns when the broker has it.
    ///
    /// KubeEdge up to 1.14: EdgeCore tells the device's mapper, and the value comes back as reported when the device has
    /// it. From then on the edge owns what is desired of that property: EdgeCore refuses the cloud's values for it until
    /// the device is taken from the node and given to it again (`dealVersion` in `edge/pkg/devicetwin/dtmanager/twin.go`).
    /// So let one side desire a property, the cloud or the edge.
    ///
    /// KubeEdge 1.15 and later: mappers get what is desired from the Device object alone, and this changes no device.
    /// - Throws: ``MQTTError``: of code `invalidMessage` for a text that no twin can carry, others when there is no
    ///   connection. That EdgeCore refuses it is said as ``TwinNews/refused(_:_:)``.
    public func desire(_ value: PropertyValue, of property: String, _ device: DeviceID) async throws(MQTTError) {
        guard EdgeTopic.canCarry(device), TwinCharacters.isName(property) else {
            throw MQTTError(.invalidMessage, "'\(device)' or '\(property)' is no name that a twin can have")
        }
        let text: TwinText
        do {
            text = try TwinText(value.text, twinType: value.dataType.twinType)
        } catch {
            throw MQTTError(.invalidMessage, "'\(property)' of '\(device)': \(error.advice)")
        }
        let twin = TwinWish.Twin(expected: .init(value: text.text), metadata: .init(type: text.type))
        let wish = TwinWish(
            event_id: newEventID(),
            timestamp: clock.timestamp.milliseconds,
            twin: [property: twin]
        )
        try await client.publish(OutgoingMessage.bytes(wish), on: EdgeTopic.device(device, .twinUpdate).text)
    }

    private func greet() async throws(MQTTError) {
        try await client.subscribe(EdgeTopic.applicationFilters)
        try await client.publish(question(), on: EdgeTopic.membershipGet(node: "application").text)
    }

    private func ask(_ device: DeviceID) async throws(MQTTError) {
        try await client.publish(question(), on: EdgeTopic.device(device, .twinGet).text)
    }

    private func question() -> [UInt8] {
        OutgoingMessage.bytes(
            OutgoingMessage.TwinGet(event_id: newEventID(), timestamp: clock.timestamp.milliseconds)
        )
    }

    private func newEventID() -> String { mark + UUID().uuidString }

    /// Does something that the next connection repeats.
    /// - Returns: whether it was done, and not cut off by the end of the connection.
    private func attempt(_ body: () async throws(MQTTError) -> Void) async throws(MQTTError) -> Bool {
        do {
            try await body()
            return true
        } catch {
            guard error.isOverWithTheConnection else { throw error }
            return false
        }
    }
}
