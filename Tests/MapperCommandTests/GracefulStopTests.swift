// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand

@Suite("Graceful stop")
struct GracefulStopTests {
    private let clock = ManualClock()
    private let signals = AsyncStream.makeStream(of: StopSignal.self)

    private func run(_ work: @escaping @Sendable () async throws -> Void) async -> GracefulStop.Outcome {
        await GracefulStop(grace: .milliseconds(1500), clock: clock).run(
            signals: signals.stream,
            onStop: { _ in },
            work: work
        )
    }

    private func hang() async { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }

    @Test("Work that ends when cancelled ends after the signal")
    func cancelled() async {
        signals.continuation.yield(.terminate)
        let outcome = await run { try await Task.sleep(for: .seconds(3600)) }
        guard case .ended(after: .terminate) = outcome else { return #expect(Bool(false), "\(outcome)") }
    }

    @Test("Work that ends by itself, or throws, is told apart")
    func byItself() async {
        let outcome = await run {}
        guard case .ended(after: nil) = outcome else { return #expect(Bool(false), "\(outcome)") }
        let failure = await run { throw DeviceError(.driverFailure, "x") }
        guard case .failed(is DeviceError) = failure else { return #expect(Bool(false), "\(failure)") }
    }

    @Test("Work that hangs is abandoned when the time is over, not before")
    func abandoned() async {
        signals.continuation.yield(.interrupt)
        async let outcome = run { await hang() }
        await clock.waitForSleepers(1)
        #expect(clock.sleepers == 1)
        await clock.advance(by: .milliseconds(1499))
        #expect(clock.sleepers == 1)
        await clock.advance(by: .milliseconds(1))
        guard case .abandoned = await outcome else { return #expect(Bool(false)) }
    }

    @Test("A second signal ends the waiting at once")
    func interrupted() async {
        signals.continuation.yield(.terminate)
        async let outcome = run { await hang() }
        await clock.waitForSleepers(1)
        await clock.advance(by: .milliseconds(300))
        signals.continuation.yield(.interrupt)
        guard case .interrupted(.interrupt) = await outcome else { return #expect(Bool(false)) }
        #expect(StopSignal.interrupt.exitCode == 130)
        #expect(StopSignal.terminate.exitCode == 143)
    }

    @Test("A signal that comes twice in one burst is one wish")
    func burst() async {
        signals.continuation.yield(.terminate)
        signals.continuation.yield(.terminate)
        async let outcome = run { await hang() }
        await clock.waitForSleepers(1)
        await clock.advance(by: .milliseconds(1500))
        guard case .abandoned = await outcome else { return #expect(Bool(false)) }
    }

    @Test("A deadline after a signal needs none of the threads that tasks share")
    func deadline() async throws {
        // Nobody minds this signal, as long as nobody listens.
        let isOver = DispatchSemaphore(value: 0)
        let deadline = StopDeadline(after: .milliseconds(200), signals: [SIGURG]) { isOver.signal() }
        let start = ContinuousClock.now
        Thread.detachNewThread {
            for _ in 0..<20 {
                kill(getpid(), SIGURG)
                usleep(50_000)
            }
        }
        // As many as there are threads.
        let outcomes = await withTaskGroup(of: DispatchTimeoutResult.self) { group in
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { group.addTask { block(isOver) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == .success })
        #expect(start.duration(to: .now) >= .milliseconds(200))
        deadline.cancel()
    }

    /// Blocks a thread until the semaphore is raised, and raises it for the next.
    private func block(_ semaphore: DispatchSemaphore) -> DispatchTimeoutResult {
        defer { semaphore.signal() }
        return semaphore.wait(timeout: .now() + 20)
    }
}
