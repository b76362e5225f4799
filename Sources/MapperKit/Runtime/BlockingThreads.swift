// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Synchronization

/// Runs work that may block, each piece on a thread that does nothing else meanwhile.
///
/// Not the threads of libdispatch: those are 255 at most, Swift's own tasks and signals among their users, and with that
/// many devices blocked or busy nothing else would run. A thread that has had nothing to do for a while ends.
package final class BlockingThreads: Sendable {
    /// Is one thread, busy or waiting for work.
    private final class Worker: Sendable {
        let wakeUp = DispatchSemaphore(value: 0)
        let work = Mutex<(@Sendable () -> Void)?>(nil)
    }

    private static let idleTime = DispatchTimeInterval.seconds(10)
    private static let stackSize = 512 * 1024

    /// The threads that wait; the one that has waited least is used next, so that the others can end.
    private let idle = Mutex<[Worker]>([])

    /// Creates threads as they are needed.
    package init() {}

    /// Runs work on a thread of its own, soon.
    func run(_ work: @escaping @Sendable () -> Void) {
        if let worker = idle.withLock({ $0.popLast() }) {
            worker.work.withLock { $0 = work }
            worker.wakeUp.signal()
        } else {
            start(work)
        }
    }

    private func start(_ work: @escaping @Sendable () -> Void) {
        let worker = Worker()
        worker.work.withLock { $0 = work }
        let body = Unmanaged.passRetained(Body { self.serve(worker) })
        guard !Self.startThread(body.toOpaque()) else { return }
        body.release()
        // No thread to be had: better late, on a shared one, than never.
        DispatchQueue.global().async(execute: work)
    }

    private func serve(_ worker: Worker) {
        while true {
            while let work = worker.work.withLock({ $0.take() }) { work() }
            idle.withLock { $0.append(worker) }
            guard worker.wakeUp.wait(timeout: .now() + Self.idleTime) == .timedOut else { continue }
            let isForgotten = idle.withLock { idle in
                guard let index = idle.firstIndex(where: { $0 === worker }) else { return false }
                idle.remove(at: index)
                return true
            }
            if isForgotten { return }
            // Work was given at the last moment: its signal is there, or as good as.
            worker.wakeUp.wait()
        }
    }

    /// What a thread runs.
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a detached thread that takes no signals; false when the system has none.
    private static func startThread(_ body: UnsafeMutableRawPointer) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            &attributes,
            { body in
                if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            },
            body
        )
        return status == 0
    }
}
