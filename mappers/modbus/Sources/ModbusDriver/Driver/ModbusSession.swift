// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit
import Synchronization

/// Is one open device on its bus.
public final class ModbusSession: DeviceSession {
    private let unit: ModbusUnit
    private let lease: BusLease
    private let layouts: SessionLayouts
    private let rules: ReadRules
    private let book = Mutex(PlanBook())
    private let place = WaitingPlace()
    /// Whether something was written that has not been read back.
    private let awaitsReadBack = Mutex(false)
    /// Whether the bus is kept free for what comes next from here.
    private let isExpected = Mutex(false)

    /// How long a reading may be put off for others at most, however rarely its values are wanted: on a line that is
    /// asked for more than it can do, something else is always more urgent.
    private static let longestDelay = Duration.seconds(2)

    init(unit: ModbusUnit, lease: BusLease, device: Device<ModbusConnection, ModbusVisitor>) {
        self.unit = unit
        self.lease = lease
        layouts = SessionLayouts(device)
        rules = device.config.rules
    }

    /// Makes sure that somebody is there, with one short request.
    func greet() async throws(DeviceError) {
        guard let layout = layouts.first else { return }
        let request = ModbusRequest.read(layout.table, AddressSpan(first: layout.span.first, count: 1))
        if case .exception(let exception) = try await unit.probe(request), exception.meansAbsent {
            throw unit.refusal(exception, of: request)
        }
    }

    /// Divides a reading into its requests, and adds properties that lie in them anyway.
    public func portions(
        of due: [PropertyVisitor<ModbusVisitor>],
        with others: [PropertyVisitor<ModbusVisitor>]
    ) -> [[PropertyVisitor<ModbusVisitor>]] {
        var byNumber: [Int: PropertyVisitor<ModbusVisitor>] = [:]
        var unplanned: [PropertyVisitor<ModbusVisitor>] = []
        var items: [PlanItem] = []
        for visitor in due + alsoRead(with: due) {
            guard let number = layouts.number(of: visitor), let item = layouts.item(number) else {
                unplanned.append(visitor)
                continue
            }
            byNumber[number] = visitor
            items.append(item)
        }
        let plan = self.plan(items)
        let companions = others.compactMap { visitor in
            layouts.number(of: visitor).flatMap(layouts.item).map { (visitor, $0) }
        }
        var portions = plan.blocks.map { block in
            block.items.compactMap { byNumber[$0.index] }
                + companions.filter { block.table == $0.1.table && block.span.contains($0.1.span) }.map(\.0)
        }
        // What needs no request goes with the last one.
        unplanned += plan.refused.compactMap { byNumber[$0.item.index] }
        if portions.isEmpty { return [unplanned] }
        portions[portions.count - 1] += unplanned
        return portions
    }

    /// What is not due, but belongs together with something that is: `atomic` ranges are read whole or not at all.
    private func alsoRead(with due: [PropertyVisitor<ModbusVisitor>]) -> [PropertyVisitor<ModbusVisitor>] {
        guard !rules.addresses.atomic.isEmpty else { return [] }
        let numbers = Set(due.compactMap(layouts.number(of:)))
        let ranges = rules.addresses.atomic.filter { range in
            numbers.contains { layouts.item($0).map(range.holds) ?? false }
        }
        return layouts.visitors.indices.filter { number in
            !numbers.contains(number) && ranges.contains { layouts.item(number).map($0.holds) ?? false }
        }.map { layouts.visitors[$0] }
    }

    /// Reads properties, in as little time on the line as they can be read in.
    ///
    /// A unit that does not answer is asked once, not once for each request of the batch. Where a unit refuses a
    /// request for several properties, the request is taken apart until only those fail that the unit really refuses.
    public func read(_ visitors: [PropertyVisitor<ModbusVisitor>]) async -> [Result<Sample, any Error>] {
        let numbers = visitors.map(layouts.number(of:))
        let plan = self.plan(numbers.compactMap(\.self).compactMap(layouts.item))
        let role = takeReadBack() ? Transaction.Role.endOfCommand : .reading
        if role == .reading || plan.blocks.isEmpty { expectNothing() }
        var batch = BatchRead(
            unit: unit,
            layouts: layouts,
            deadline: .now + delay(of: visitors),
            role: role,
            place: place,
            atomic: rules.addresses.atomic
        )
        await batch.run(plan)
        return zip(visitors, numbers).map { visitor, number in
            guard let number else {
                let message = "the device has no property '\(visitor.property.name)'"
                return .failure(DeviceError(.unsupported, message))
            }
            return batch.result(number)
        }
    }

    /// Takes a request that still waits for the bus back, so that a command need not wait behind it.
    ///
    /// And nobody else's begins before that command, even if this device's is under way.
    public func giveWay() {
        isExpected.withLock { $0 = true }
        unit.bus.keepFree()
        place.giveUp()
    }

    /// Lets others have the bus that was kept free for a command, as none comes.
    private func expectNothing() {
        let wasExpected = isExpected.withLock { isExpected in
            defer { isExpected = false }
            return isExpected
        }
        if wasExpected { unit.bus.release() }
    }

    /// How long the answers can wait.
    private func delay(of visitors: [PropertyVisitor<ModbusVisitor>]) -> Duration {
        min(visitors.lazy.compactMap(\.property.collectCycle).min() ?? .zero, Self.longestDelay)
    }

    /// Whether a reading is the one after a write, whose outcome is to be known.
    private func takeReadBack() -> Bool {
        awaitsReadBack.withLock { awaits in
            defer { awaits = false }
            return awaits
        }
    }

    /// Writes one property.
    /// - Throws: ``DeviceError``; ``ValueError`` when the registers cannot hold the value exactly.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<ModbusVisitor>) async throws {
        let layout = try layouts.layout(of: visitor)
        guard layout.table.isWritable else {
            throw DeviceError(.unsupported, "\(layout.table.plural) cannot be written (\(layout.span) of \(unit))")
        }
        if let patch = try layout.patch(of: value) {
            try await unit.memory.writeTurns.one { try await write(patch) }
        } else if let request = try layout.write(of: value) {
            try await unit.memory.writeTurns.one { try await unit.order(request) }
        }
        awaitsReadBack.withLock { $0 = true }
        isExpected.withLock { $0 = true }
    }

    /// Gives the place on the bus back; the last device to leave ends the connection.
    public func close() async {
        expectNothing()
        lease.end()
    }

    private func plan(_ items: [PlanItem]) -> ReadPlan {
        let now = unit.clock.uptime
        let snapshot = unit.memory.snapshot(now: now)
        let (plan, isNew) = book.withLock { $0.plan(items, snapshot, rules: rules, now: now) }
        if isNew { unit.memory.measure(plan, rules: rules) }
        return plan
    }

    private func write(_ patch: RegisterPatch) async throws(DeviceError) {
        if patch.allowsMaskWrite, let request = patch.maskWrites.first, !unit.memory.lacksMaskWrite {
            switch try await unit.ask(request, as: .command) {
            case .exception(.illegalFunction): unit.memory.lackMaskWrite()
            case .exception(let exception): throw unit.refusal(exception, of: request)
            case .bits, .registers, .done: return
            }
        }
        // Without mask write: whoever writes the registers in between, by another way than this mapper, loses.
        let request = ModbusRequest.read(.holding, patch.span)
        switch try await unit.ask(request, as: .command) {
        case .registers(let registers): try await unit.order(patch.write(over: registers))
        case .exception(let exception): throw unit.refusal(exception, of: request)
        case .bits, .done: throw DeviceError(.malformedResponse, "no register came from \(unit)")
        }
    }
}
