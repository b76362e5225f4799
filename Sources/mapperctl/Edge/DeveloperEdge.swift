// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT
import MapperTesting

/// The edge side on any broker: what EventBus and DeviceTwin do on a node, for development and tests.
final class DeveloperEdge: Sendable {
    private let client: MosquittoClient
    private let twin: DeviceTwin
    private let isStrict: Bool
    private let say: @Sendable (EdgeLine) -> Void
    private let inputs: AsyncStream<EdgeInput>
    private let feed: AsyncStream<EdgeInput>.Continuation

    /// Creates an edge that does not connect yet.
    /// - Parameters:
    ///   - isStrict: Whether to end at the first message a real EdgeCore would not survive.
    ///   - say: Gets every event, in order.
    init(
        _ configuration: MQTTConfiguration,
        twin: DeviceTwin,
        isStrict: Bool = false,
        logger: Logger,
        say: @escaping @Sendable (EdgeLine) -> Void
    ) throws(MQTTError) {
        client = try MosquittoClient(configuration, logger: logger)
        self.twin = twin
        self.isStrict = isStrict
        self.say = say
        (inputs, feed) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(8192))
    }

    /// Takes something to react to; it is worked off in the order it comes.
    func give(_ input: EdgeInput) { feed.yield(input) }

    /// Works until it is stopped or cancelled.
    /// - Returns: why it stopped by itself, a message that would have been a real node's end; `nil` otherwise.
    func run() async throws -> String? {
        try client.start()
        defer { feed.finish() }
        let reason = await withTaskGroup(of: String?.self) { group in
            group.addTask { [client, feed] in
                for await event in client.events { feed.yield(.mqtt(event)) }
                return nil
            }
            group.addTask { [client, twin, isStrict, say, inputs] in
                var loop = EdgeLoop(client: client, twin: twin, isStrict: isStrict, say: say)
                return await loop.run(inputs)
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        await client.stop()
        return reason
    }
}
