// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Runs work that may block, one piece after the other, on a thread of its own while there is some: a blocking call
/// starves nobody else.
///
/// Every device has one. A driver needs another only for work that goes on beside MapperKit's calls, waiting for what a
/// device says by itself for one: `Task(executorPreference: BlockingExecutor()) { … }`. Everything the task does runs
/// there that has no executor of its own.
public final class BlockingExecutor: TaskExecutor, SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
    }

    private let threads: BlockingThreads
    private let state = Mutex(State())

    /// Creates an executor; its thread is started with the first work, and ends when there was none for a while.
    public convenience init() { self.init(BlockingThreads()) }

    package init(_ threads: BlockingThreads) {
        self.threads = threads
    }

    /// Runs a piece of work after those that wait.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { threads.run { self.runAll() } }
    }

    /// The executor as Swift's runtime refers to it.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// The executor as Swift's runtime refers to it.
    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    private func runAll() {
        while true {
            let jobs = state.withLock { state in
                defer { state.jobs = [] }
                state.isRunning = !state.jobs.isEmpty
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
        }
    }
}
