// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Runs a piece of work on a thread of its own.
enum MosquittoThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts the thread; it is detached and ends with its work.
    ///
    /// Signals stay with the other threads: no handler of the process runs here, and a socket that its peer closed
    /// gives an error instead of SIGPIPE.
    static func start(_ body: @escaping @Sendable () -> Void) throws(MQTTError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread,
            nil,
            { context in
                var signals = sigset_t()
                unsafe sigfillset(&signals)
                unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
                if let context = unsafe context {
                    unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                }
                return nil
            },
            work.toOpaque()
        )
        guard result == 0 else {
            unsafe work.release()
            throw MQTTError(.systemFailure, "no thread for the MQTT client: \(SystemErrors.text(result))")
        }
        pthread_detach(thread)
    }
}
