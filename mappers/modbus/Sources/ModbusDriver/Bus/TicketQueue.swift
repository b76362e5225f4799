// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps waiting transactions: writes before reads, else in the order of arrival, and not more than a bound.
struct TicketQueue {
    /// How many may wait.
    ///
    /// A device has at most a few requests under way, so this is never reached in health.
    static let capacity = 1024

    private var writes: [Ticket] = []
    private var reads: [Ticket] = []

    /// Adds a ticket; false when the queue is full.
    mutating func add(_ ticket: Ticket) -> Bool {
        if writes.count + reads.count >= Self.capacity { dropSettled() }
        guard writes.count + reads.count < Self.capacity else { return false }
        if ticket.transaction.request.isWrite { writes.append(ticket) } else { reads.append(ticket) }
        return true
    }

    /// Takes the next ticket that somebody still waits for.
    mutating func next() -> Ticket? {
        dropSettled()
        if !writes.isEmpty { return writes.removeFirst() }
        return reads.isEmpty ? nil : reads.removeFirst()
    }

    /// Takes everything.
    mutating func removeAll() -> [Ticket] {
        defer { self = TicketQueue() }
        return writes + reads
    }

    private mutating func dropSettled() {
        writes.removeAll(where: \.isSettled)
        reads.removeAll(where: \.isSettled)
    }
}
