// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension Watched {
    /// Waits until a look at the state gives something, at most for so long in real time.
    /// - Returns: what it gave; `nil` when the time is over or the task was cancelled.
    func first<Result: Sendable>(
        within limit: Duration,
        _ look: @escaping @Sendable (inout State) -> Result?
    ) async -> Result? {
        await withTaskGroup(of: Result?.self) { group in
            group.addTask { try? await self.first(look) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Waits until the state satisfies a condition, at most for so long in real time.
    /// - Returns: whether it does; false as well when the task was cancelled.
    func becomes(within limit: Duration, _ condition: @escaping @Sendable (State) -> Bool) async -> Bool {
        await first(within: limit) { condition($0) ? true : nil } ?? false
    }
}
