// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Says that files may have changed, and when it has become quiet again.
final class ChangeSignal: Sendable {
    private let count = Atomic(0)
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        // One waiting signal says as much as many.
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that something may have changed.
    func raise() {
        count.add(1, ordering: .relaxed)
        continuation.yield()
    }

    /// Runs a closure after each change, once nothing has changed for a fifth of a second, until the task is cancelled.
    ///
    /// When it never becomes quiet, after two seconds.
    func forEachQuiet(_ clock: any MapperClock, _ body: () -> Void) async {
        for await _ in stream {
            for _ in 0..<10 {
                let before = count.load(ordering: .relaxed)
                guard (try? await clock.sleep(untilUptime: clock.uptime + .milliseconds(200))) != nil else { return }
                if count.load(ordering: .relaxed) == before { break }
            }
            body()
        }
    }
}
