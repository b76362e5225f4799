// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Guards a state and lets tasks wait for it to satisfy them, without polling.
package final class Watched<State: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let id: UInt64
        /// Looks at the state and, when it is what was waited for, gives what resumes the task.
        let attempt: @Sendable (inout State) -> Resumption?
        let cancel: @Sendable () -> Void
    }

    /// Resumes a task; never called under the lock, as a task that is being cancelled holds a lock of the runtime while
    /// its handler waits for ours.
    private typealias Resumption = @Sendable () -> Void

    private struct Guarded {
        var state: State
        var waiters: [Waiter] = []
        var lastID: UInt64 = 0

        mutating func nextID() -> UInt64 {
            lastID += 1
            return lastID
        }
    }

    private let guarded: Mutex<Guarded>

    package init(_ state: State) {
        guarded = Mutex(Guarded(state: state))
    }

    /// A copy of the state as it is now.
    package var now: State { guarded.withLock { $0.state } }

    /// Changes the state and wakes, in the order they came, the tasks it now satisfies.
    @discardableResult
    package func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, resumptions) = guarded.withLock { guarded -> (Result, [Resumption]) in
            let result = body(&guarded.state)
            var resumptions: [Resumption] = []
            guarded.waiters.removeAll { waiter in
                guard let resumption = waiter.attempt(&guarded.state) else { return false }
                resumptions.append(resumption)
                return true
            }
            return (result, resumptions)
        }
        for resume in resumptions { resume() }
        return result
    }

    /// Waits until a look at the state gives something; the look may take it out of the state.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func first<Result: Sendable>(_ look: @escaping @Sendable (inout State) -> Result?) async throws -> Result {
        let id = guarded.withLock { $0.nextID() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let attempt: @Sendable (inout State) -> Resumption? = { state in
                    guard let result = look(&state) else { return nil }
                    return { continuation.resume(returning: result) }
                }
                let cancel: Resumption = { continuation.resume(throwing: CancellationError()) }
                let resumption = guarded.withLock { guarded -> Resumption? in
                    if Task.isCancelled { return cancel }
                    if let resumption = attempt(&guarded.state) { return resumption }
                    guarded.waiters.append(Waiter(id: id, attempt: attempt, cancel: cancel))
                    return nil
                }
                resumption?()
            }
        } onCancel: {
            cancelWaiter(id)
        }
    }

    private func cancelWaiter(_ id: UInt64) {
        let waiter = guarded.withLock { guarded -> Waiter? in
            guard let index = guarded.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return guarded.waiters.remove(at: index)
        }
        waiter?.cancel()
    }
}
