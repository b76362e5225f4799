// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import CLibBluetooth
import Glibc
import Synchronization

/// Waits for a socket to take packets, which is when a connection has come about, failed, or become encrypted; or for one
/// to have a packet.
///
/// A thread of its own does it, so that none of those that tasks share is missing meanwhile: what is waited for may need
/// one, the answer to a pairing's question for example.
enum SocketWait {
    enum Outcome: Sendable {
        case ready
        case timedOut
        case cancelled
    }

    /// Waits until a socket is ready, a time is over, or the task is cancelled; the descriptor may be closed after it.
    /// - Parameter event: `POLLOUT` or `POLLIN`.
    static func wait(for event: CInt, of descriptor: CInt, within limit: Duration) async -> Outcome {
        let stop = WakePipe()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue(label: "socket wait").async {
                    continuation.resume(returning: poll(event, descriptor, limit, stop))
                }
            }
        } onCancel: {
            stop.wake()
        }
    }

    private static func poll(_ event: CInt, _ descriptor: CInt, _ limit: Duration, _ stop: WakePipe) -> Outcome {
        let end = ContinuousClock.now + limit
        while true {
            var entries = [
                pollfd(fd: descriptor, events: Int16(event), revents: 0),
                pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return .timedOut }
            _ = unsafe Glibc.poll(&entries, 2, CInt(min(left / .milliseconds(1), 60000)) + 1)
            if entries[1].revents != 0 { return .cancelled }
            if entries[0].revents != 0 { return .ready }
        }
    }
}
