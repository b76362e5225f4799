// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Makes calls to one session on a thread of its own, as a mapper does, and does not wait for them for ever.
final class DriverLane: Sendable {
    /// Says when the task of a call is cancelled.
    enum Cancellation {
        case never
        /// Before the call begins.
        case before
        /// A little while after it has begun.
        case soon
    }

    private static let soon = Duration.milliseconds(20)

    private let executor: BlockingExecutor

    init(_ threads: BlockingThreads) {
        executor = BlockingExecutor(threads)
    }

    /// Makes a call; one that hangs keeps its thread.
    func call<Value: Sendable>(
        within limit: Duration,
        cancelled cancellation: Cancellation = .never,
        _ body: @escaping @Sendable () async throws -> Value
    ) async -> CallEnd<Value> {
        let end = Watched<Result<Value, any Error>?>(nil)
        let task = Task(executorPreference: executor) {
            if cancellation == .before { withUnsafeCurrentTask { $0?.cancel() } }
            let result: Result<Value, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            end.change { $0 = result }
        }
        if cancellation == .soon {
            _ = await end.first(within: Self.soon) { $0 }
            task.cancel()
        }
        switch await end.first(within: limit, { $0 }) {
        case .success(let value): return .returned(value)
        case .failure(let error): return .threw(error)
        case nil: return .hung
        }
    }
}
