// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps waiting transactions, and not more than a bound: writes first, in the order of arrival, then reads by deadline.
///
/// Deadlines are moments, not priorities: whoever waits long enough becomes the most urgent one.
struct TicketQueue {
    /// Is a ticket with its place among the reads.
    struct Entry {
        let ticket: Ticket
        /// When the answer is needed.
        let deadline: ContinuousClock.Instant
        /// The order of arrival, which decides between equal deadlines.
        let number: UInt64
        /// How often it has been tried already.
        var attempts = 0

        func precedes(_ other: Entry) -> Bool {
            deadline == other.deadline ? number < other.number : deadline < other.deadline
        }
    }

    /// How many may wait.
    ///
    /// A device has at most a few requests under way, so this is never reached in health.
    static let capacity = 1024
    /// After this many writes in a row a read has its turn: somebody who writes without end must not blind the mapper.
    static let writesInARow = 8

    private var writes: [Entry] = []
    private var firstWrite = 0
    /// A binary heap, the most urgent entry first.
    private var reads: [Entry] = []
    private var arrivals: UInt64 = 0
    private var writesSinceRead = 0

    private var count: Int { writes.count - firstWrite + reads.count }

    /// Adds a ticket; false when the queue is full.
    mutating func add(_ ticket: Ticket, at now: ContinuousClock.Instant = .now) -> Bool {
        guard hasRoom() else { return false }
        arrivals += 1
        let entry = Entry(ticket: ticket, deadline: ticket.transaction.deadline ?? now, number: arrivals)
        if ticket.transaction.request.isWrite { writes.append(entry) } else { push(entry) }
        return true
    }

    /// Puts a read back that is to be tried again, at its old place; false when the queue is full.
    mutating func putBack(_ entry: Entry) -> Bool {
        guard hasRoom() else { return false }
        push(entry)
        return true
    }

    /// Takes the next ticket that somebody still waits for.
    mutating func next() -> Entry? {
        if writesSinceRead >= Self.writesInARow, let entry = nextRead() {
            writesSinceRead = 0
            return entry
        }
        if let entry = nextWrite() {
            writesSinceRead += 1
            return entry
        }
        writesSinceRead = 0
        return nextRead()
    }

    /// Takes everything.
    mutating func removeAll() -> [Ticket] {
        defer { self = TicketQueue() }
        return (writes[firstWrite...] + reads).map(\.ticket)
    }

    private mutating func nextWrite() -> Entry? {
        while firstWrite < writes.count {
            let entry = writes[firstWrite]
            firstWrite += 1
            if firstWrite == writes.count {
                writes.removeAll(keepingCapacity: true)
                firstWrite = 0
            }
            if entry.ticket.take() { return entry }
        }
        return nil
    }

    private mutating func nextRead() -> Entry? {
        while let entry = pop() {
            if entry.ticket.take() { return entry }
        }
        return nil
    }

    /// Forgets who gave up, but only when there is need: it costs a look at everybody.
    private mutating func hasRoom() -> Bool {
        guard count >= Self.capacity else {
            if firstWrite > Self.capacity { compact() }
            return true
        }
        compact()
        return count < Self.capacity
    }

    private mutating func compact() {
        writes.removeSubrange(..<firstWrite)
        firstWrite = 0
        writes.removeAll(where: \.ticket.isSettled)
        let waiting = reads.filter { !$0.ticket.isSettled }
        reads.removeAll(keepingCapacity: true)
        for entry in waiting { push(entry) }
    }
}

/// The heap.
extension TicketQueue {
    private mutating func push(_ entry: Entry) {
        var child = reads.count
        reads.append(entry)
        while child > 0 {
            let parent = (child - 1) / 2
            guard reads[child].precedes(reads[parent]) else { return }
            reads.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func pop() -> Entry? {
        guard let last = reads.popLast() else { return nil }
        guard let first = reads.first else { return last }
        reads[0] = last
        var parent = 0
        while true {
            let left = parent * 2 + 1
            guard left < reads.count else { return first }
            let right = left + 1
            let child = right < reads.count && reads[right].precedes(reads[left]) ? right : left
            guard reads[child].precedes(reads[parent]) else { return first }
            reads.swapAt(child, parent)
            parent = child
        }
    }
}
