// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which properties are to be read when.
///
/// Properties of one cycle share their moments, and cycles that are multiples of each other meet, so that one batch
/// serves them all. Moments advance by the cycle, not from completion; those missed are skipped, never made up for.
struct CollectionPlan: Sendable {
    /// What is to be read at a moment.
    struct Due: Sendable {
        /// The properties whose moment has come.
        var names: [String] = []
        /// Properties whose moment comes before those of `names` are due again.
        var soon: [String] = []
        /// How many moments had been missed.
        var missed = 0
        /// The moment as planned.
        var moment = Duration.zero
    }

    private struct Entry {
        let name: String
        let cycle: Duration
        var next: Duration
    }

    private var entries: [Entry]
    private let start: Duration
    private let lead: Duration

    /// Creates a plan in which every property is due at once.
    /// - Parameter lead: By how much the moments after that come earlier than a whole cycle after the start.
    init(_ properties: [Property], start: Duration, lead: Duration = .zero) {
        entries = properties.compactMap { property in
            property.collectCycle.map { Entry(name: property.name, cycle: $0, next: start) }
        }.sorted { $0.cycle < $1.cycle }
        self.start = start
        self.lead = lead
    }

    /// When the next property is due; `nil` if none ever is.
    var nextUptime: Duration? { entries.lazy.map(\.next).min() }

    /// Takes the properties due by now, and sets their next moments.
    mutating func takeDue(now: Duration) -> Due {
        var due = Due()
        var missed: [Duration: Int] = [:]
        var again: Duration?
        for index in entries.indices where entries[index].next <= now {
            let entry = entries[index]
            due.names.append(entry.name)
            // The first moment is everybody's; the grid of those that follow begins earlier.
            let moment = entry.next == start ? start - lead : entry.next
            let passed = Int((now - moment) / entry.cycle)
            entries[index].next = moment + entry.cycle * (passed + 1)
            due.moment = max(due.moment, moment + entry.cycle * passed)
            again = min(again ?? entries[index].next, entries[index].next)
            missed[entry.cycle] = max(missed[entry.cycle] ?? 0, passed)
        }
        due.missed = missed.values.reduce(0, +)
        if let again {
            let taken = Set(due.names)
            due.soon = entries.filter { $0.next < again && !taken.contains($0.name) }.map(\.name)
        }
        return due
    }

    /// Notes that properties were read before their moment: a whole cycle from now on they are not due.
    mutating func readEarly(_ names: Set<String>, at moment: Duration) {
        for index in entries.indices where names.contains(entries[index].name) {
            entries[index].next = moment + entries[index].cycle
        }
    }
}
