// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Holds whoever comes, cancelled or not, until it is released.
final class Snag: Sendable {
    private struct State {
        var isReleased = false
        var held: [UnsafeContinuation<Void, Never>] = []
        var blocked = 0
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    /// How many are held.
    var count: Int { state.withLock { $0.held.count + $0.blocked } }

    /// Suspends the task.
    func hold() async {
        await withUnsafeContinuation { continuation in
            let isReleased = state.withLock { state in
                if !state.isReleased { state.held.append(continuation) }
                return state.isReleased
            }
            if isReleased { continuation.resume() }
        }
    }

    /// Blocks the thread.
    func block() {
        let isReleased = state.withLock { state in
            if !state.isReleased { state.blocked += 1 }
            return state.isReleased
        }
        if !isReleased { semaphore.wait() }
    }

    /// Lets everybody go, now and later.
    func release() {
        let (held, blocked) = state.withLock { state in
            state.isReleased = true
            defer { (state.held, state.blocked) = ([], 0) }
            return (state.held, state.blocked)
        }
        for continuation in held { continuation.resume() }
        for _ in 0..<blocked { semaphore.signal() }
    }
}
