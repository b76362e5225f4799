// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps the plans of a session while what they were made from stays as it was.
struct PlanBook: Sendable {
    private struct Page: Sendable {
        var plan: ReadPlan
        var version: Int
        /// From this uptime on something refused is to be tried again.
        var end: Duration?
    }

    /// More than the sets of properties that come due together, portions included.
    private static let capacity = 256

    private var pages: [[Int]: Page] = [:]

    /// The plan for some items, made anew when it is outdated.
    /// - Returns: the plan, and whether it is new.
    mutating func plan(
        _ items: [PlanItem],
        _ snapshot: UnitMemory.Snapshot,
        rules: ReadRules,
        now: Duration
    ) -> (plan: ReadPlan, isNew: Bool) {
        let key = items.map(\.index)
        if let page = pages[key], page.version == snapshot.version, page.end.map({ now < $0 }) ?? true {
            return (page.plan, false)
        }
        let planner = ReadPlanner(rules: rules, knowledge: snapshot.knowledge, cost: snapshot.cost)
        let plan = ReadPlan(items, with: planner, now: now)
        if pages.count >= Self.capacity { pages = [:] }
        pages[key] = Page(plan: plan, version: snapshot.version, end: snapshot.knowledge.nextReprieve)
        return (plan, true)
    }
}
