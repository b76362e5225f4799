// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Carries events from an edge link to the mapper without ever growing beyond one profile and one value a property.
///
/// An event that waits is replaced by a newer one about the same thing. Profiles come before desired values, so
/// that nothing is desired of a device that is not known yet.
public final class EdgeInbox: Sendable {
    private struct Waiting {
        var profile: DeviceProfile?
        var desired: [DeviceID: [String: DesiredValue]] = [:]
        var cleared: [DeviceID: Set<String>] = [:]
        var isFinished = false
        var consumer: CheckedContinuation<Void, Never>?

        mutating func takeNext() -> EdgeEvent? {
            if let profile {
                self.profile = nil
                return .profile(profile)
            }
            if let device = cleared.keys.min(), let names = cleared.removeValue(forKey: device) {
                return .desiredCleared(device, names)
            }
            if let device = desired.keys.min(), let values = desired.removeValue(forKey: device) {
                return .desired(device, values)
            }
            return nil
        }
    }

    private let waiting = Mutex(Waiting())

    /// Creates an empty inbox.
    public init() {}

    /// Adds an event; never blocks.
    public func put(_ event: EdgeEvent) {
        let consumer = waiting.withLock { waiting in
            switch event {
            case .profile(let profile):
                waiting.profile = profile
            case .desired(let device, let values):
                waiting.desired[device, default: [:]].merge(values) { _, newer in newer }
                waiting.cleared[device]?.subtract(values.keys)
            case .desiredCleared(let device, let names):
                waiting.cleared[device, default: []].formUnion(names)
                for name in names { waiting.desired[device]?[name] = nil }
            }
            return waiting.consumer.take()
        }
        consumer?.resume()
    }

    /// Ends the inbox: what waits can still be taken, then ``next()`` gives `nil`.
    public func finish() {
        let consumer = waiting.withLock { waiting in
            waiting.isFinished = true
            return waiting.consumer.take()
        }
        consumer?.resume()
    }

    /// Takes the next event, waiting for one; `nil` when the inbox ended or the task was cancelled.
    public func next() async -> EdgeEvent? {
        while !Task.isCancelled {
            let (event, isFinished) = waiting.withLock { ($0.takeNext(), $0.isFinished) }
            if let event { return event }
            if isFinished { return nil }
            await waitForEvent()
        }
        return nil
    }

    private func waitForEvent() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumesAtOnce = waiting.withLock { waiting in
                    let hasEvent =
                        waiting.profile != nil || !waiting.desired.isEmpty || !waiting.cleared.isEmpty
                        || waiting.isFinished || Task.isCancelled
                    if !hasEvent { waiting.consumer = continuation }
                    return hasEvent
                }
                if resumesAtOnce { continuation.resume() }
            }
        } onCancel: {
            waiting.withLock { $0.consumer.take() }?.resume()
        }
    }
}
