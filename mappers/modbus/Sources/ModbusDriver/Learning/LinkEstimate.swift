// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Measures what reading from a unit costs, from the round trips of its answers.
///
/// On a serial line the frames' time is known, and what is measured on top is the unit's turnaround. On a network both
/// parts are measured: a gateway passes every register over a slow line of its own, and then registers nobody wants
/// are not free. Old round trips count less and less.
struct LinkEstimate: Sendable {
    /// The cost that plans are made by.
    private(set) var cost: LinkCost
    private let line: LineTime
    private var turnaround: Double?
    private var fit = CostFit()
    private var sinceChange = 0
    /// Whether plans are still made by what is likely.
    private var isGuess = true

    /// What a unit is taken to need until it was measured.
    private static let likelyTurnaround = 0.005
    private static let likelyRoundTrip = LinkCost(perRequest: 0.002, perRegister: LinkCost.networkRegister)
    /// How many answers make a measure.
    private static let enough = 8

    init(_ line: LineTime) {
        self.line = line
        cost = line == .none ? Self.likelyRoundTrip : LinkCost(line, turnaround: Self.likelyTurnaround)
    }

    /// The cost by what was measured; `nil` before the first answers.
    private(set) var measuredCost: LinkCost?

    /// Takes the round trip of an answered read.
    /// - Returns: whether plans have to be made anew: the cost was a guess until now, or it has drifted far.
    mutating func note(_ request: ModbusRequest, roundTrip: Duration) -> Bool {
        guard case .read(let table, let span) = request else { return false }
        let measured = line == .none ? measuredOnNetwork(table, span, roundTrip) : measuredOnLine(request, roundTrip)
        measuredCost = measured
        sinceChange += 1
        guard sinceChange >= Self.enough, isGuess || measured.differs(from: cost) else { return false }
        cost = measured
        isGuess = false
        sinceChange = 0
        return true
    }

    private mutating func measuredOnLine(_ request: ModbusRequest, _ roundTrip: Duration) -> LinkCost {
        let sample = max((roundTrip - line.frames(of: request)).inSeconds, 0)
        let known = turnaround ?? sample
        // One answer that took much longer than all others says little about the next.
        turnaround = known + (min(sample, known * 4 + 0.001) - known) / 16
        return LinkCost(line, turnaround: turnaround ?? sample)
    }

    private mutating func measuredOnNetwork(
        _ table: RegisterTable,
        _ span: AddressSpan,
        _ roundTrip: Duration
    ) -> LinkCost {
        let registers = table.holdsBits ? Double(span.count) / 16 : Double(span.count)
        fit.note(registers: registers, seconds: roundTrip.inSeconds)
        return fit.cost
    }
}
