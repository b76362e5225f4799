// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one reading of several values from one unit.
struct BatchRead {
    private let unit: ModbusUnit
    private let layouts: [Result<RegisterLayout, any Error>]
    private var planner: ReadPlanner
    private var answers: [Int: Result<Sample, any Error>] = [:]
    /// Why nothing more is asked: the unit or the bus is not there.
    private var absence: DeviceError?

    init(unit: ModbusUnit, layouts: [Result<RegisterLayout, any Error>], planner: ReadPlanner) {
        self.unit = unit
        self.layouts = layouts
        self.planner = planner
    }

    /// What has been learnt about the unit, on the way included.
    var knowledge: UnitKnowledge { planner.knowledge }

    /// One result per layout, in their order.
    var results: [Result<Sample, any Error>] {
        layouts.indices.map { index in
            answers[index] ?? .failure(DeviceError(.driverFailure, "the property was in no request"))
        }
    }

    /// Reads everything.
    mutating func run() async {
        var items: [PlanItem] = []
        for (index, layout) in layouts.enumerated() {
            switch layout {
            case .success(let layout): items.append(PlanItem(index: index, table: layout.table, span: layout.span))
            case .failure(let error): answers[index] = .failure(error)
            }
        }
        for block in planner.plan(items) { _ = await read(block) }
    }

    /// Reads a block, in pieces if the unit refuses the whole; true when nothing was refused in the end.
    private mutating func read(_ block: ReadBlock) async -> Bool {
        if let absence { return fail(block, absence) }
        let request = ModbusRequest.read(block.table, block.span)
        do throws(DeviceError) {
            switch try await unit.ask(request) {
            case .exception(let exception) where exception.concernsAddresses:
                return await takeApart(block, unit.refusal(exception, of: request))
            case .exception(let exception):
                let error = unit.refusal(exception, of: request)
                if error.meansAbsent { absence = error }
                return fail(block, error)
            case let answer: return take(answer, of: block)
            }
        } catch {
            // Silence once is enough: asking on would only hold up the other units of the bus.
            if error.meansAbsent || error.code == .cancelled { absence = error }
            return fail(block, error)
        }
    }

    /// Finds out which part of a refused block the unit minds: first the gaps, then half by half the values.
    private mutating func takeApart(_ block: ReadBlock, _ refusal: DeviceError) async -> Bool {
        if !block.gaps.isEmpty {
            var strict = planner
            strict.limits.registerGap = 0
            strict.limits.bitGap = 0
            var isClean = true
            for piece in strict.plan(block.items) where await !read(piece) { isClean = false }
            // Only when every value answers by itself the gaps are proven guilty.
            if isClean { planner.knowledge.avoid(gaps: block.gaps, in: block.table) }
            return isClean
        }
        if let (left, right) = block.halves {
            let isLeftClean = await read(left)
            return await read(right) && isLeftClean
        }
        planner.knowledge.isolate(block.span, in: block.table)
        return fail(block, refusal)
    }

    private mutating func take(_ answer: ModbusAnswer, of block: ReadBlock) -> Bool {
        let timestamp = unit.clock.timestamp
        for item in block.items {
            answers[item.index] = layouts[item.index].flatMap { layout in
                Result { Sample(try layout.value(in: answer, of: block.span), at: timestamp) }
            }
            if planner.knowledge.isOutcast(item) { planner.knowledge.readmit(item.span, in: item.table) }
        }
        return true
    }

    private mutating func fail(_ block: ReadBlock, _ error: DeviceError) -> Bool {
        for item in block.items { answers[item.index] = .failure(error) }
        return false
    }
}
