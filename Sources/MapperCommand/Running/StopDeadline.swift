// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import MapperKit
import Synchronization

/// Does something some time after a signal, whatever the rest of the process is busy with.
///
/// Swift's tasks share a few threads, one on a processor with one core: one of them that computes for long holds up
/// every other, the one that would end the process among them. This waits on a queue of its own, which libdispatch
/// gives a thread even then.
package final class StopDeadline: Sendable {
    private let queue = DispatchQueue(label: "stop deadline")
    private let sources: Mutex<[any DispatchSourceSignal]>

    /// Starts to listen for signals; from then on they do not end the process by themselves.
    init(
        after limit: Duration,
        signals: [Int32] = [SIGINT, SIGTERM],
        _ action: @escaping @Sendable () -> Void
    ) {
        let queue = queue
        let made = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                queue.asyncAfter(deadline: .now() + .milliseconds(Int(limit / .milliseconds(1))), execute: action)
            }
            source.resume()
            return source
        }
        sources = Mutex(made)
    }

    /// Listens no more; what a signal has set going already still happens.
    func cancel() { sources.withLock { $0.forEach { $0.cancel() } } }
}
