// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Carries actions from the link's state, wherever it was told something, to the task that performs them.
///
/// It holds what one stay in the state's lock produced until the task wakes; each device has at most a handful.
final class ActionQueue: Sendable {
    private let actions = Mutex<[LinkAction]>([])
    private let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds actions.
    func add(_ new: [LinkAction]) {
        guard !new.isEmpty else { return }
        actions.withLock { $0 += new }
        continuation.yield()
    }

    /// Runs a closure for each action in order, until the task is cancelled.
    func forEach(_ body: (LinkAction) -> Void) async {
        for await _ in wakes {
            let taken = actions.withLock { actions in
                defer { actions = [] }
                return actions
            }
            taken.forEach(body)
        }
    }
}
