// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps what a simulated peripheral will do until it is due.
struct PeripheralAgenda: Sendable {
    private var entries: [(due: Duration, event: PeripheralEvent)] = []

    var nextDue: Duration? { entries.first?.due }

    /// Adds an event behind those that are due at the same time.
    mutating func add(_ event: PeripheralEvent, due: Duration) {
        let position = entries.firstIndex { $0.due > due } ?? entries.endIndex
        entries.insert((due, event), at: position)
    }

    /// Takes the events that are due, the first first.
    mutating func take(at now: Duration) -> [PeripheralEvent] {
        let count = entries.prefix { $0.due <= now }.count
        defer { entries.removeFirst(count) }
        return entries.prefix(count).map(\.event)
    }

    mutating func removeAll() { entries = [] }
}
