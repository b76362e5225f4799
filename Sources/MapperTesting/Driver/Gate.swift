// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Holds up whoever wants to pass until it is opened; open, it stays open.
public final class Gate: Sendable {
    private struct State: Sendable {
        var isOpen = false
        var waiting = 0
    }

    private let state = Watched(State())
    private let blocksThread: Bool
    private let semaphore = DispatchSemaphore(value: 0)

    /// Creates a closed gate.
    /// - Parameter blocksThread: Whether waiting blocks the thread instead of suspending the task.
    public init(blocksThread: Bool = false) {
        self.blocksThread = blocksThread
    }

    /// How many wait for it to open.
    public var waiting: Int { state.now.waiting }

    /// Lets everybody pass, now and later.
    public func open() {
        let waiting = state.change { state in
            state.isOpen = true
            return state.waiting
        }
        if blocksThread { for _ in 0..<waiting { semaphore.signal() } }
    }

    /// Waits until somebody waits at the gate.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func waitForSomebody() async throws {
        try await state.first { $0.waiting > 0 ? () : nil }
    }

    /// Passes once the gate is open; a task that suspends here also passes when it is cancelled.
    public func pass() async {
        let isOpen = state.change { state in
            if !state.isOpen { state.waiting += 1 }
            return state.isOpen
        }
        if isOpen { return }
        if blocksThread {
            block()
        } else {
            try? await state.first { $0.isOpen ? () : nil }
        }
        state.change { $0.waiting -= 1 }
    }

    /// A function that is not asynchronous, for waiting in one is not allowed: which is the point here.
    private func block() {
        semaphore.wait()
    }
}
