// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Carries calls from the node to the task that makes them.
///
/// There is at most one that anybody waits for, and one more that a restart has left behind.
final class CallQueue: Sendable {
    private let feed = Mutex<AsyncStream<DownstreamCall>.Continuation?>(nil)

    /// Starts anew; what is added from now on comes out of the stream.
    func open() -> AsyncStream<DownstreamCall> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: DownstreamCall.self,
            bufferingPolicy: .bufferingNewest(8)
        )
        feed.withLock { $0 = continuation }
        return stream
    }

    func add(_ call: DownstreamCall) { feed.withLock { _ = $0?.yield(call) } }

    func close() {
        feed.withLock { feed in
            feed?.finish()
            feed = nil
        }
    }
}
