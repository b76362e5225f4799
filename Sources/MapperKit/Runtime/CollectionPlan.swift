// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which properties are to be read when.
///
/// Properties of one cycle share their moments, and cycles that are multiples of each other meet, so that one batch
/// serves them all. Moments advance by the cycle, not from completion; those missed are skipped, never made up for.
struct CollectionPlan: Sendable {
    private struct Group {
        var cycle: Duration
        var names: [String]
        var next: Duration
    }

    private var groups: [Group]

    /// Creates a plan in which every property is due at once.
    init(_ properties: [Property], start: Duration) {
        let byCycle = Dictionary(grouping: properties.filter { $0.collectCycle != nil }) { $0.collectCycle ?? .zero }
        groups = byCycle.map { Group(cycle: $0.key, names: $0.value.map(\.name), next: start) }
            .sorted { $0.cycle < $1.cycle }
    }

    /// When the next property is due; `nil` if none ever is.
    var nextUptime: Duration? { groups.map(\.next).min() }

    /// Takes the properties due by now, and sets their next moments.
    /// - Returns: their names, and how many moments had been missed.
    mutating func takeDue(now: Duration) -> (names: [String], missed: Int) {
        var names: [String] = []
        var missed = 0
        for index in groups.indices where groups[index].next <= now {
            names += groups[index].names
            let cycle = groups[index].cycle
            let passed = Int((now - groups[index].next) / cycle)
            groups[index].next += cycle * (passed + 1)
            missed += passed
        }
        return (names, missed)
    }
}
