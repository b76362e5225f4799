// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Runs work until a signal asks it to end, and gives it a limited time for that.
package struct GracefulStop {
    /// How the work ended.
    package enum Outcome: Sendable {
        /// It returned; by itself if there was no signal.
        case ended(after: StopSignal?)
        /// It threw.
        case failed(any Error)
        /// It had not ended when its time was over, and may still be running.
        case abandoned
        /// A second signal came; it may still be running.
        case interrupted(StopSignal)
    }

    /// `timeout` and container runtimes send a signal to a process and to its group: that is one wish, not two.
    static let burst = Duration.milliseconds(300)

    private enum Event: Sendable {
        case finished(Result<Void, any Error>)
        case signal(StopSignal)
        case graceOver
    }

    /// How long the work may take to end.
    var grace: Duration
    /// Measures it.
    var clock: any MapperClock

    /// Creates a stop.
    /// - Parameters:
    ///   - grace: How long the work may take to end.
    ///   - clock: Measures it.
    package init(grace: Duration, clock: any MapperClock) {
        self.grace = grace
        self.clock = clock
    }

    /// Runs work; when the first signal comes, it is cancelled.
    ///
    /// Returns as soon as nothing more is to be waited for, even if the work hangs: a device may keep a thread in a
    /// blocking call for as long as it likes.
    package func run(
        signals: AsyncStream<StopSignal>,
        onStop: @Sendable (StopSignal) -> Void,
        work: @escaping @Sendable () async throws -> Void
    ) async -> Outcome {
        // Work and timer send one event each; signals come at the pace of a person's hands, and few are enough.
        let (events, inbox) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(16))
        // No child tasks: this function must be able to return before the work does.
        let task = Task {
            do {
                try await work()
                inbox.yield(.finished(.success(())))
            } catch {
                inbox.yield(.finished(.failure(error)))
            }
        }
        let listener = Task { for await signal in signals { inbox.yield(.signal(signal)) } }
        defer { listener.cancel() }
        return await wait(for: events, stopping: task, inbox, onStop)
    }

    private func wait(
        for events: AsyncStream<Event>,
        stopping task: Task<Void, Never>,
        _ inbox: AsyncStream<Event>.Continuation,
        _ onStop: @Sendable (StopSignal) -> Void
    ) async -> Outcome {
        var received: StopSignal?
        var receivedUptime = Duration.zero
        for await event in events {
            switch event {
            case .finished(.success): return .ended(after: received)
            case .finished(.failure(let error)):
                return received != nil && error is CancellationError ? .ended(after: received) : .failed(error)
            case .graceOver: return .abandoned
            case .signal(let signal) where received != nil:
                if clock.uptime - receivedUptime >= Self.burst { return .interrupted(signal) }
            case .signal(let signal):
                received = signal
                receivedUptime = clock.uptime
                onStop(signal)
                task.cancel()
                startTimer(inbox)
            }
        }
        task.cancel()
        return .abandoned
    }

    private func startTimer(_ inbox: AsyncStream<Event>.Continuation) {
        let (clock, deadline) = (clock, clock.uptime + grace)
        Task {
            try? await clock.sleep(untilUptime: deadline)
            inbox.yield(.graceOver)
        }
    }
}
