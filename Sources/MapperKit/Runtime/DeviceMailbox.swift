// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Carries what a running device is told, one newest piece of each kind, and wakes it.
final class DeviceMailbox<BoundDevice: Sendable>: Sendable {
    /// What has come since the last look.
    struct Letters: Sendable {
        /// The device's newer description.
        var device: BoundDevice?
        /// Newly desired values.
        var desired: [String: DesiredValue] = [:]
        /// Properties of which nothing is desired any more.
        var cleared: Set<String> = []
        /// What the device itself has said, with the uptime at which it came.
        var samples: [String: (sample: Sample, uptime: Duration)] = [:]
        /// Why the session is of no use any more.
        var loss: DeviceError?
        /// Whether the device is to stop for good.
        var isStopped = false

        /// Whether what is to be written may be another than before.
        var holdsWishes: Bool { device != nil || !desired.isEmpty || !cleared.isEmpty || isStopped }

        var isEmpty: Bool { !holdsWishes && samples.isEmpty && loss == nil }
    }

    private struct State {
        var letters = Letters()
        var waiter: CheckedContinuation<Void, Never>?
        /// Told when a command comes.
        var onCommand: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Brings a newer description.
    func replace(_ device: BoundDevice) { put { $0.device = device } }

    /// Brings desired values; the newest of each property counts.
    func desire(_ values: [String: DesiredValue]) {
        put { letters in
            letters.desired.merge(values) { _, newer in newer }
            letters.cleared.subtract(values.keys)
        }
        state.withLock(\.onCommand)?()
    }

    /// Says what is to be done when a command comes, from any thread.
    func onCommand(_ action: (@Sendable () -> Void)?) { state.withLock { $0.onCommand = action } }

    /// Takes desired values back.
    func clearDesired(_ names: Set<String>) {
        put { letters in
            letters.cleared.formUnion(names)
            for name in names { letters.desired[name] = nil }
        }
    }

    /// Brings what the device itself has said; the newest of each property counts.
    func tell(_ news: DeviceNews, at uptime: Duration) {
        put { letters in
            switch news {
            case .sample(let property, let sample): letters.samples[property] = (sample, uptime)
            case .lost(let error): letters.loss = error
            }
        }
    }

    /// Tells the device to stop for good.
    func stop() { put { $0.isStopped = true } }

    /// Whether something has come that changes what is to be written; what the device itself says does not.
    var hasNewWishes: Bool { state.withLock { $0.letters.holdsWishes } }

    /// Whether something has come since the last look.
    var hasLetters: Bool { state.withLock { !$0.letters.isEmpty } }

    /// Takes what has come; being told to stop stays.
    func take() -> Letters {
        state.withLock { state in
            let letters = state.letters
            state.letters = Letters(isStopped: letters.isStopped)
            return letters
        }
    }

    /// Waits until something has come, a moment is reached, or the task is cancelled.
    func wait(untilUptime deadline: Duration?, clock: any MapperClock) async {
        guard let deadline else { return await waitForLetter() }
        guard deadline > clock.uptime else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(untilUptime: deadline) }
            group.addTask { await self.waitForLetter() }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForLetter() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumesAtOnce = state.withLock { state in
                    let isDone = !state.letters.isEmpty || Task.isCancelled
                    if !isDone { state.waiter = continuation }
                    return isDone
                }
                if resumesAtOnce { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }

    private func put(_ change: (inout Letters) -> Void) {
        let waiter = state.withLock { state in
            change(&state.letters)
            return state.waiter.take()
        }
        waiter?.resume()
    }
}
