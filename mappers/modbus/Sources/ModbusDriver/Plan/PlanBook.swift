// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps the plans of a session while what they were made from stays as it was.
struct PlanBook: Sendable {
    /// More than the sets of properties that come due together, portions included.
    private static let capacity = 64

    private var pages: [[Int]: ReadPlan] = [:]
    /// What all pages were made from.
    private var version: Int?

    /// The plan for some items, made anew when it is outdated.
    /// - Returns: the plan, and whether it is new.
    mutating func plan(
        _ items: [PlanItem],
        _ snapshot: UnitMemory.Snapshot,
        rules: ReadRules,
        now: Duration
    ) -> (plan: ReadPlan, isNew: Bool) {
        let key = items.map(\.index)
        if version != snapshot.version || pages.count >= Self.capacity { pages = [:] }
        version = snapshot.version
        if let plan = pages[key], plan.end.map({ now < $0 }) ?? true { return (plan, false) }
        let planner = ReadPlanner(rules: rules, knowledge: snapshot.knowledge, cost: snapshot.cost)
        let plan = ReadPlan(items, with: planner, now: now)
        pages[key] = plan
        return (plan, true)
    }
}
