// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging
import Synchronization

/// Keeps what is known about one unit, for all its devices and across sessions, and logs what is learnt, once.
final class UnitMemory: Sendable {
    private struct State {
        var knowledge = UnitKnowledge()
        var estimate: LinkEstimate
        /// Probes in a row that were not answered.
        var silentProbes = 0
        /// Counts changes of the cost that plans are made by.
        var costVersion = 0
    }

    /// What plans are made from.
    struct Snapshot: Sendable {
        var knowledge: UnitKnowledge
        var cost: LinkCost
        /// Equal for equal snapshots.
        var version: Int
    }

    /// Whose turn it is to write, of all devices that are this unit.
    let writeTurns = WriteTurns()
    private let state: Mutex<State>
    private let logger: Logger
    /// `modbus_plan_efficiency`: the least that a reading could cost on this link, over what its plan costs.
    private let efficiency: Gauge

    init(line: LineTime, dimensions: [(String, String)], logger: Logger) {
        efficiency = Gauge(label: "modbus_plan_efficiency", dimensions: dimensions)
        state = Mutex(State(estimate: LinkEstimate(line)))
        self.logger = logger
    }

    func snapshot(now: Duration) -> Snapshot {
        state.withLock { state in
            state.knowledge.forgetOutdated(now: now)
            let version = state.knowledge.version + state.costVersion
            return Snapshot(knowledge: state.knowledge, cost: state.estimate.cost, version: version)
        }
    }

    /// What a forecast is made from: what is known, and whether the cost was measured or is a guess.
    var forecastSnapshot: (knowledge: UnitKnowledge, cost: LinkCost, isMeasured: Bool) {
        state.withLock { ($0.knowledge, $0.estimate.measuredCost ?? $0.estimate.cost, $0.estimate.measuredCost != nil) }
    }

    /// How long to wait for a short answer at most; `nil` for a unit that was never heard.
    func patience(atLeast shortest: Duration) -> Duration? {
        state.withLock { state in
            state.estimate.measuredCost.map {
                max(.seconds($0.perRequest) * 5, shortest) * (1 << min(state.silentProbes, 10))
            }
        }
    }

    /// Notes whether the unit answered when it was asked whether it is there.
    func probed(isHeard: Bool) {
        state.withLock { $0.silentProbes = isHeard ? 0 : $0.silentProbes + 1 }
    }

    var lacksMaskWrite: Bool { state.withLock(\.knowledge.lacksMaskWrite) }

    func lackMaskWrite() { state.withLock { $0.knowledge.lackMaskWrite() } }

    /// Records how good a plan is.
    func measure(_ plan: ReadPlan, rules: ReadRules) {
        let cost = state.withLock(\.estimate.cost)
        let planner = ReadPlanner(rules: rules, cost: cost)
        let planned = planner.cost(of: plan.blocks)
        guard planned > 0 else { return }
        efficiency.record(planner.leastCost(of: plan.blocks.flatMap(\.items)) / planned)
    }

    /// Takes the round trip of an answer.
    func note(_ request: ModbusRequest, roundTrip: Duration) {
        state.withLock { state in
            if state.estimate.note(request, roundTrip: roundTrip) { state.costVersion += 1 }
        }
    }

    /// The longest read that the unit has answered.
    func proven(in table: RegisterTable) -> Int { state.withLock { $0.knowledge.proven(in: table) } }

    func note(answered block: ReadBlock) {
        let back = state.withLock { $0.knowledge.answered(block) }
        for span in back { logger.info("\(block.table.plural) \(span) answer again") }
    }

    func avoid(gap: AddressSpan, in table: RegisterTable) {
        guard state.withLock({ $0.knowledge.avoid(gap: gap, in: table) }) else { return }
        logger.info("\(table.plural) \(gap) cannot be read over, requests end before them from now on")
    }

    func cut(at address: Int, in table: RegisterTable) {
        guard state.withLock({ $0.knowledge.cut(at: address, in: table) }) else { return }
        logger.info("no request can read \(table.plural) from before \(address) on, one begins there from now on")
    }

    /// A value that the unit has given, to ask for when it is doubtful whether the unit is there.
    var given: (table: RegisterTable, span: AddressSpan)? { state.withLock(\.knowledge.given) }

    /// Notes that the unit is silent about a value while it gives others; the second time it is left out.
    func note(silentAbout span: AddressSpan, in table: RegisterTable, now: Duration) {
        guard state.withLock({ $0.knowledge.isSilent(about: span, in: table) }) else { return }
        isolate(span, in: table, nil, now: now)
    }

    func isolate(_ span: AddressSpan, in table: RegisterTable, _ exception: ModbusException?, now: Duration) {
        let isNews = state.withLock { $0.knowledge.isolate(span, in: table, exception, now: now) }
        guard isNews else { return }
        let reason = exception.map { "are refused, \($0)" } ?? "get no answer while others do"
        logger.info("\(table.plural) \(span) \(reason); they are tried again from time to time")
    }

    func miss(_ table: RegisterTable, _ exception: ModbusException, now: Duration) {
        let isNews = state.withLock { $0.knowledge.miss(table, exception, now: now) }
        guard isNews else { return }
        logger.info("there are no \(table.plural), \(exception); they are looked for again from time to time")
    }

    func refuse(length: Int, in table: RegisterTable, now: Duration) {
        let cap: Int? = state.withLock { state in
            state.knowledge.refuse(length: length, in: table, now: now) ? state.knowledge.cap(for: table) : nil
        }
        guard let cap else { return }
        logger.info("reading \(length) \(table.plural) at once is too much, \(cap) are read at most from now on")
    }
}
