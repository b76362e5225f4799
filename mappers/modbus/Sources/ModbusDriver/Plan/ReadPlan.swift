// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is how some values are read: in these requests, and not at all what is known to be refused for now.
struct ReadPlan: Hashable, Sendable {
    var blocks: [ReadBlock]
    /// Values that are not asked for, with the refusal they met.
    var refused: [Refused]
    /// The uptime from which on some of them are to be tried again; `nil` when nothing was refused.
    var end: Duration?

    struct Refused: Hashable, Sendable {
        var item: PlanItem
        var exception: ModbusException?
    }

    /// Plans some values.
    ///
    /// What is due to be tried again has a request of its own, so that a further refusal costs no other value anything.
    /// When nothing else would be asked for, the first of the refused is: a device has to be heard to be online.
    init(_ items: [PlanItem], with planner: ReadPlanner, now: Duration) {
        var accepted: [PlanItem] = []
        var alone: [PlanItem] = []
        refused = []
        for item in items {
            switch planner.knowledge.refusal(of: item) {
            case nil: accepted.append(item)
            case let refusal? where refusal.reprieve.due <= now: alone.append(item)
            case let refusal?:
                refused.append(Refused(item: item, exception: refusal.exception))
                end = min(end ?? refusal.reprieve.due, refusal.reprieve.due)
            }
        }
        blocks = planner.plan(accepted)
        if blocks.isEmpty, alone.isEmpty, !refused.isEmpty { alone.append(refused.removeFirst().item) }
        let places = Dictionary(grouping: alone) { [$0.table.rawValue, "\($0.span)"] }
        blocks += places.values.compactMap { ReadBlock($0) }.sorted { $0.span.first < $1.span.first }
    }
}
