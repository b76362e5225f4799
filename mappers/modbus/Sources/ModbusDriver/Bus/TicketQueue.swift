// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps waiting transactions, and not more than a bound: those of commands first, in the order of arrival, then the
/// others by deadline.
///
/// Deadlines are moments, not priorities: whoever waits long enough becomes the most urgent one.
struct TicketQueue {
    /// Is a ticket with its place among the others.
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
    /// After this many pressing ones in a row another has its turn: somebody who writes without end must not blind the
    /// mapper.
    static let pressingInARow = 8

    private var pressing: [Entry] = []
    private var firstPressing = 0
    /// A binary heap, the most urgent entry first.
    private var others: [Entry] = []
    private var arrivals: UInt64 = 0
    private var pressingSinceOther = 0

    private var count: Int { pressing.count - firstPressing + others.count }

    /// Adds a ticket; false when the queue is full.
    mutating func add(_ ticket: Ticket, at now: ContinuousClock.Instant = .now) -> Bool {
        guard hasRoom() else { return false }
        arrivals += 1
        let entry = Entry(ticket: ticket, deadline: ticket.transaction.deadline ?? now, number: arrivals)
        if ticket.transaction.isPressing { pressing.append(entry) } else { push(entry) }
        return true
    }

    /// Puts an entry back that is to be tried again; false when the queue is full.
    ///
    /// One that does not press gets its old place.
    mutating func putBack(_ entry: Entry) -> Bool {
        guard hasRoom() else { return false }
        if entry.ticket.transaction.isPressing { pressing.append(entry) } else { push(entry) }
        return true
    }

    /// Takes the next ticket that somebody still waits for.
    /// - Parameter isKeptFree: Whether only a pressing one is wanted, unless there were too many of them in a row.
    mutating func next(isKeptFree: Bool = false) -> Entry? {
        if pressingSinceOther >= Self.pressingInARow, let entry = nextOther() {
            pressingSinceOther = 0
            return entry
        }
        if let entry = nextPressing() {
            pressingSinceOther += 1
            return entry
        }
        if isKeptFree { return nil }
        pressingSinceOther = 0
        return nextOther()
    }

    /// Takes everything.
    mutating func removeAll() -> [Ticket] {
        defer { self = TicketQueue() }
        return (pressing[firstPressing...] + others).map(\.ticket)
    }

    private mutating func nextPressing() -> Entry? {
        while firstPressing < pressing.count {
            let entry = pressing[firstPressing]
            firstPressing += 1
            if firstPressing == pressing.count {
                pressing.removeAll(keepingCapacity: true)
                firstPressing = 0
            }
            if entry.ticket.take() { return entry }
        }
        return nil
    }

    private mutating func nextOther() -> Entry? {
        while let entry = pop() {
            if entry.ticket.take() { return entry }
        }
        return nil
    }

    /// Forgets who gave up, but only when there is need: it costs a look at everybody.
    private mutating func hasRoom() -> Bool {
        guard count >= Self.capacity else {
            if firstPressing > Self.capacity { compact() }
            return true
        }
        compact()
        return count < Self.capacity
    }

    private mutating func compact() {
        pressing.removeSubrange(..<firstPressing)
        firstPressing = 0
        pressing.removeAll(where: \.ticket.isSettled)
        let waiting = others.filter { !$0.ticket.isSettled }
        others.removeAll(keepingCapacity: true)
        for entry in waiting { push(entry) }
    }
}

/// The heap.
extension TicketQueue {
    private mutating func push(_ entry: Entry) {
        var child = others.count
        others.append(entry)
        while child > 0 {
            let parent = (child - 1) / 2
            guard others[child].precedes(others[parent]) else { return }
            others.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func pop() -> Entry? {
        guard let last = others.popLast() else { return nil }
        guard let first = others.first else { return last }
        others[0] = last
        var parent = 0
        while true {
            let left = parent * 2 + 1
            guard left < others.count else { return first }
            let right = left + 1
            let child = right < others.count && others[right].precedes(others[left]) ? right : left
            guard others[child].precedes(others[parent]) else { return first }
            others.swapAt(child, parent)
            parent = child
        }
    }
}
