// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT
import MapperTesting

/// The edge side on any broker, on a socket, or both: what EdgeCore does on a node, for development and tests.
final class DeveloperEdge: Sendable {
    private let client: MosquittoClient?
    private let server: DMIServer?
    private let node: SharedNode
    private let isStrict: Bool
    private let say: @Sendable (EdgeLine) -> Void
    private let inputs: AsyncStream<EdgeInput>
    private let feed: AsyncStream<EdgeInput>.Continuation

    /// Creates an edge that does not connect yet.
    /// - Parameters:
    ///   - configuration: The broker to speak to mappers by; `nil` for none.
    ///   - dmi: How mappers are served by DMI; `nil` when they are not.
    ///   - isStrict: Whether to end at the first message a real EdgeCore would not survive.
    ///   - say: Gets every event, in order.
    init(
        _ configuration: MQTTConfiguration?,
        twin: DeviceTwin,
        dmi: DMIServerOptions? = nil,
        isStrict: Bool = false,
        logger: Logger,
        say: @escaping @Sendable (EdgeLine) -> Void
    ) throws(MQTTError) {
        if let configuration {
            client = try MosquittoClient(configuration, logger: logger)
        } else {
            client = nil
        }
        self.isStrict = isStrict
        self.say = say
        let (inputs, feed) = AsyncStream.makeStream(of: EdgeInput.self, bufferingPolicy: .bufferingOldest(8192))
        self.inputs = inputs
        self.feed = feed
        let server = dmi.map { options in DMIServer(options, twin: twin) { feed.yield(.effect($0)) } }
        self.server = server
        node = server?.node ?? SharedNode(EdgeNode(twin: twin)) { feed.yield(.effect($0)) }
    }

    /// Takes something to react to; it is worked off in the order it comes.
    func give(_ input: EdgeInput) { feed.yield(input) }

    /// Works until it is stopped or cancelled.
    /// - Returns: why it stopped by itself, a message that would have been a real node's end; `nil` otherwise.
    func run() async throws -> String? {
        defer { feed.finish() }
        if let server {
            try await server.start()
            say(.serving(socket: server.options.socketPath, version: server.options.version))
            feed.yield(.begin)
        }
        try client?.start()
        let reason = await withTaskGroup(of: String?.self) { group in
            if let client {
                group.addTask { [feed] in
                    for await event in client.events { feed.yield(.mqtt(event)) }
                    return nil
                }
            }
            group.addTask { [client, node, isStrict, say, inputs] in
                var loop = EdgeLoop(client: client, node: node, isStrict: isStrict, say: say)
                return await loop.run(inputs)
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        await server?.stop()
        await client?.stop()
        return reason
    }
}
