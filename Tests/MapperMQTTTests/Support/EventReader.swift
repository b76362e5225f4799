// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperMQTT
import Testing

/// Reads a client's events, each wait with a limit, so that a failing test ends.
struct EventReader {
    private var iterator: AsyncStream<MQTTEvent>.Iterator

    init(_ client: MosquittoClient) { iterator = client.events.makeAsyncIterator() }

    /// The next event.
    mutating func next() async -> MQTTEvent? { await iterator.next(isolation: #isolation) }

    /// The next event for which a closure has a result.
    mutating func next<Result>(_ match: (MQTTEvent) -> Result?) async -> Result? {
        while let event = await iterator.next(isolation: #isolation) { if let result = match(event) { return result } }
        return nil
    }

    /// Waits for the connection.
    mutating func connected() async { _ = await next { $0 == .connected ? true : nil } }

    /// The next reason for being disconnected.
    mutating func disconnected() async -> MQTTError? {
        await next { if case .disconnected(let reason) = $0 { reason } else { nil } }
    }

    /// The next message.
    mutating func message() async -> MQTTMessage? {
        await next { if case .message(let message) = $0 { message } else { nil } }
    }
}
