// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps answers until they are due.
struct SimulatorAgenda {
    /// Is an answer on its way.
    struct Entry {
        var due: ContinuousClock.Instant
        var channel: UInt64
        var descriptor: CInt
        var bytes: [UInt8]

        init(due: ContinuousClock.Instant, channel: SimulatorChannel, bytes: [UInt8]) {
            self.due = due
            self.channel = channel.id
            descriptor = channel.descriptor
            self.bytes = bytes
        }
    }

    /// How many may be under way; more are answers that nobody waits for.
    private static let capacity = 4096

    /// The latest first.
    private var entries: [Entry] = []

    var nextDue: ContinuousClock.Instant? { entries.last?.due }

    /// Adds an answer behind those that are due at the same time; forgets it when there are too many.
    mutating func add(_ entry: Entry) {
        guard entries.count < Self.capacity else { return }
        let position = entries.lastIndex { $0.due > entry.due }.map { $0 + 1 } ?? 0
        entries.insert(entry, at: position)
    }

    /// Takes the next answer that is due.
    mutating func next(at now: ContinuousClock.Instant) -> Entry? {
        guard let due = nextDue, due <= now else { return nil }
        return entries.removeLast()
    }

    /// Forgets the answers of a channel that is closed.
    mutating func removeAll(of channel: UInt64) {
        entries.removeAll { $0.channel == channel }
    }
}
