// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import UnixSignals

/// A signal that asks the process to end.
package enum StopSignal: String, Sendable {
    case interrupt = "SIGINT"
    case terminate = "SIGTERM"

    /// The exit code of a process that such a signal cut short, as shells have it.
    package var exitCode: Int32 {
        switch self {
        case .interrupt: 128 + SIGINT
        case .terminate: 128 + SIGTERM
        }
    }

    /// Takes these signals from now on, instead of dying of them, and ignores SIGHUP: a terminal that closes is no
    /// reason to stop, and changed files are noticed without being told.
    static func received() async -> AsyncStream<StopSignal> {
        signal(SIGHUP, SIG_IGN)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        // More than two waiting say nothing that two do not.
        let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self, bufferingPolicy: .bufferingNewest(2))
        // Not a child: it has to listen until the process ends, whatever the caller waits for meanwhile.
        let task = Task {
            for await signal in signals { continuation.yield(signal == .sigint ? .interrupt : .terminate) }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
