// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Decides what becomes of the requests to one simulated unit.
struct UnitFaults: Sendable {
    /// Says what becomes of one request.
    struct Verdict: Equatable {
        enum Reply: Equatable {
            case answer
            case refusal(code: UInt8)
            case silence
            case hangUp
        }

        var reply = Reply.answer
        /// How long the unit works on it.
        var turnaround = Duration.zero
        /// How long the answer then is on its way.
        var delay = Duration.zero
        /// Which bit of the answer arrives inverted, counted from its start and modulo what can be damaged.
        var damagedBit: Int?
        /// What befell the request.
        var faults: [FaultName] = []
    }

    private let faults: [SimulatorFault]
    private var chance: SeededChance

    init(_ faults: [SimulatorFault], seed: UInt64, name: String) {
        self.faults = faults
        chance = SeededChance(seed: seed, name: name)
    }

    /// Decides about a request.
    /// - Parameter elapsed: The time since the unit was switched on.
    mutating func verdict(on request: SimulatorRequest, at elapsed: Duration) -> Verdict {
        var verdict = Verdict()
        for fault in faults where fault.effect.concerns(request) && fault.occurrence.holds(at: elapsed, &chance) {
            apply(fault.effect, to: &verdict)
            verdict.faults.append(fault.effect.name)
        }
        return verdict
    }

    private mutating func apply(_ effect: SimulatorFault.Effect, to verdict: inout Verdict) {
        switch effect {
        case .latency(let range):
            let spread = Double.random(in: 0...1, using: &chance)
            verdict.turnaround += range.lowerBound + (range.upperBound - range.lowerBound) * spread
        case .late(let time): verdict.delay += time
        case .garble: verdict.damagedBit = Int.random(in: 0..<1 << 20, using: &chance)
        case .silence, .hangUp, .refuse, .limit, .illegal, .lack:
            if verdict.reply == .answer, let reply = effect.reply { verdict.reply = reply }
        }
    }
}

extension SimulatorFault.Effect {
    /// What people call it.
    fileprivate var name: FaultName {
        switch self {
        case .latency: .latency
        case .late: .late
        case .silence: .silent
        case .hangUp: .drop
        case .garble: .garble
        case .refuse: .exception
        case .limit: .limit
        case .illegal: .illegal
        case .lack: .lacks
        }
    }

    /// What comes instead of an answer; `nil` when one does.
    fileprivate var reply: UnitFaults.Verdict.Reply? {
        switch self {
        case .latency, .late, .garble: nil
        case .silence: .silence
        case .hangUp: .hangUp
        case .refuse(let code): .refusal(code: code)
        case .limit: .refusal(code: ModbusException.illegalDataValue.code)
        case .illegal: .refusal(code: ModbusException.illegalDataAddress.code)
        case .lack: .refusal(code: ModbusException.illegalFunction.code)
        }
    }

    /// Whether it has to do with a request, whenever that comes.
    fileprivate func concerns(_ request: SimulatorRequest) -> Bool {
        switch self {
        case .latency, .late, .silence, .hangUp, .garble, .refuse: true
        case .limit(let registers):
            request.target.map { ($0.table.holdsBits ? ($0.span.count + 15) / 16 : $0.span.count) > registers } ?? false
        case .illegal(let range):
            request.target.map { $0.table == range.table && $0.span.overlaps(range.span) } ?? false
        case .lack(let table): request.target?.table == table
        }
    }
}
