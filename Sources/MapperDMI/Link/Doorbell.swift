// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Wakes the one task that waits for something to happen.
final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes whoever waits, or will wait next.
    func ring() {
        let waiter = state.withLock { state in
            state.hasRung = state.waiter == nil
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Returns when the bell has rung, a moment is reached, or the task is cancelled.
    func wait(untilUptime deadline: Duration?, clock: any MapperClock) async {
        guard let deadline else { return await wait() }
        guard deadline > clock.uptime else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(untilUptime: deadline) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes = state.withLock { state in
                    let passes = state.hasRung || Task.isCancelled
                    state.hasRung = false
                    if !passes { state.waiter = continuation }
                    return passes
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
