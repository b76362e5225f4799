// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one reading of several values from one unit.
struct BatchRead {
    /// Why a request was refused, in the terms that say what to try instead.
    private enum Blame {
        /// Something in it is no address of the unit.
        case addresses(ModbusException)
        /// It may be too long.
        case length(ModbusException?)
    }

    private let unit: ModbusUnit
    private let layouts: SessionLayouts
    private let deadline: ContinuousClock.Instant
    private let role: Transaction.Role
    private let place: WaitingPlace
    private let atomic: [AddressRange]
    /// The values that one request has to bring, or else none of them counts.
    private var together: [AddressRange: Set<Int>] = [:]
    private var answers: [Int: Result<Sample, any Error>] = [:]
    /// Why nothing more is asked: the unit or the bus is not there.
    private var absence: DeviceError?

    init(
        unit: ModbusUnit,
        layouts: SessionLayouts,
        deadline: ContinuousClock.Instant,
        role: Transaction.Role = .reading,
        place: WaitingPlace = WaitingPlace(),
        atomic: [AddressRange] = []
    ) {
        self.place = place
        self.role = role
        self.unit = unit
        self.atomic = atomic
        self.layouts = layouts
        self.deadline = deadline
    }

    /// What came of a property.
    func result(_ number: Int) -> Result<Sample, any Error> {
        if let answer = answers[number] { return answer }
        if case .failure(let error) = layouts.layouts[number] { return .failure(error) }
        return .failure(DeviceError(.driverFailure, "the property was in no request"))
    }

    /// Reads everything.
    mutating func run(_ plan: ReadPlan) async {
        for refused in plan.refused {
            let request = ModbusRequest.read(refused.item.table, refused.item.span)
            answers[refused.item.index] = .failure(unit.refusal(refused.exception, of: request))
        }
        keepTogether(plan.blocks)
        for block in plan.blocks { _ = await read(block) }
    }

    /// Notes what the plan reads together.
    ///
    /// What was refused once is tried again by itself; the others go on without it.
    private mutating func keepTogether(_ blocks: [ReadBlock]) {
        for range in atomic {
            let parts = blocks.map { Set($0.items.filter { range.holds($0) }.map(\.index)) }
            together[range] = parts.max { $0.count < $1.count }
        }
    }

    /// Whether a block brings only a part of what belongs together.
    private func isTorn(_ item: PlanItem, in block: ReadBlock) -> Bool {
        guard let range = atomic.first(where: { $0.holds(item) }), let needed = together[range] else { return false }
        return !needed.isSubset(of: block.items.map(\.index))
    }

    /// Reads a block, in pieces if the unit refuses the whole; true when nothing was refused in the end.
    private mutating func read(_ block: ReadBlock) async -> Bool {
        if let absence { return fail(block, absence) }
        let request = ModbusRequest.read(block.table, block.span)
        do throws(DeviceError) {
            switch try await unit.ask(request, as: role, deadline: deadline, at: place) {
            case .exception(let exception): return await deal(with: exception, block)
            case let answer: return take(answer, of: block)
            }
        } catch {
            return await deal(with: error, block)
        }
    }

    private mutating func deal(with exception: ModbusException, _ block: ReadBlock) async -> Bool {
        let error = unit.refusal(exception, of: .read(block.table, block.span))
        switch exception {
        case .illegalFunction:
            unit.memory.miss(block.table, exception, now: unit.clock.uptime)
            return fail(block, error)
        case .illegalDataAddress: return await takeApart(block, .addresses(exception), error)
        case .illegalDataValue: return await takeApart(block, .length(exception), error)
        // Some units fail this way for single addresses; one that fails everywhere is not asked for each.
        case .deviceFailure where await answersShortly(block):
            return await takeApart(block, .addresses(exception), error)
        default:
            if error.meansAbsent { absence = error }
            return fail(block, error)
        }
    }

    private mutating func deal(with error: DeviceError, _ block: ReadBlock) async -> Bool {
        // A read longer than any that was answered may be what the unit is silent about.
        let isUntried = block.span.count > unit.memory.proven(in: block.table)
        if error.code == .timedOut, isUntried, await answersShortly(block) {
            return await takeApart(block, .length(nil), error)
        }
        if error.code == .timedOut, block.halves == nil, await givesAnother(than: block) {
            unit.memory.note(silentAbout: block.span, in: block.table, now: unit.clock.uptime)
            return fail(block, unit.refusal(nil, of: .read(block.table, block.span)))
        }
        // Silence once is enough: asking on would only hold up the other units of the bus.
        if error.meansAbsent || error.code == .cancelled { absence = error }
        return fail(block, error)
    }

    /// Whether the unit gives the first value of a block when asked for that alone.
    private func answersShortly(_ block: ReadBlock) async -> Bool {
        guard let halves = block.halves, let first = halves.left.items.first else { return false }
        switch try? await unit.probe(.read(first.table, first.span)) {
        case .registers, .bits: return true
        case .exception, .done, nil: return false
        }
    }

    /// Whether the unit gives a value elsewhere, which it gave before.
    private func givesAnother(than block: ReadBlock) async -> Bool {
        guard let (table, span) = unit.memory.given, table != block.table || !span.overlaps(block.span) else {
            return false
        }
        switch try? await unit.probe(.read(table, span)) {
        case .registers, .bits: return true
        case .exception, .done, nil: return false
        }
    }

    /// Finds out which part of a refused block the unit minds, half by half, and remembers it.
    private mutating func takeApart(_ block: ReadBlock, _ blame: Blame, _ refusal: DeviceError) async -> Bool {
        if case .addresses = blame, let (left, right, gap) = block.partsAroundGap {
            let isLeftClean = await read(left)
            guard await read(right), isLeftClean else { return false }
            unit.memory.avoid(gap: gap, in: block.table)
            return true
        }
        guard let (left, right) = block.halves else { return isolate(block, blame, refusal) }
        let isLeftClean = await read(left)
        guard await read(right), isLeftClean else { return false }
        switch blame {
        case .addresses: unit.memory.cut(at: right.span.first, in: block.table)
        case .length: unit.memory.refuse(length: block.span.count, in: block.table, now: unit.clock.uptime)
        }
        return true
    }

    private mutating func isolate(_ block: ReadBlock, _ blame: Blame, _ refusal: DeviceError) -> Bool {
        switch blame {
        case .addresses(let exception), .length(let exception?):
            unit.memory.isolate(block.span, in: block.table, exception, now: unit.clock.uptime)
        case .length(nil): break
        }
        return fail(block, refusal)
    }

    private mutating func take(_ answer: ModbusAnswer, of block: ReadBlock) -> Bool {
        let timestamp = unit.clock.timestamp
        for item in block.items {
            answers[item.index] = Result {
                if isTorn(item, in: block) { throw torn(item) }
                return Sample(try layouts.layouts[item.index].get().value(in: answer, of: block.span), at: timestamp)
            }
        }
        unit.memory.note(answered: block)
        return true
    }

    private func torn(_ item: PlanItem) -> DeviceError {
        let place = "\(ModbusRequest.read(item.table, item.span).subject) of \(unit)"
        return DeviceError(.rejected, "\(place): the unit did not let one request read its 'atomic' range")
    }

    private mutating func fail(_ block: ReadBlock, _ error: DeviceError) -> Bool {
        for item in block.items { answers[item.index] = .failure(error) }
        return false
    }
}
