// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit
import Synchronization

/// Is one open device on its bus.
public final class ModbusSession: DeviceSession {
    private struct Learnt {
        var knowledge = UnitKnowledge()
        /// Whether the unit has refused to write single bits of registers.
        var lacksMaskWrite = false
    }

    private let unit: ModbusUnit
    private let lease: BusLease
    private let layouts: [String: RegisterLayout]
    private let firstLayout: RegisterLayout?
    private let limits: ReadLimits
    private let learnt = Mutex(Learnt())

    init(unit: ModbusUnit, lease: BusLease, device: Device<ModbusConnection, ModbusVisitor>) {
        self.unit = unit
        self.lease = lease
        let found = device.visitors.compactMap { visitor in
            (try? RegisterLayout(of: visitor.config, for: visitor.property.model)).map { (visitor.property.name, $0) }
        }
        layouts = Dictionary(found) { first, _ in first }
        firstLayout = found.first?.1
        limits = ReadLimits(registers: device.config.maxRegistersPerRequest, bits: device.config.maxBitsPerRequest)
    }

    /// Makes sure that somebody is there.
    func greet() async throws(DeviceError) {
        guard let layout = firstLayout else { return }
        let request = ModbusRequest.read(layout.table, AddressSpan(first: layout.span.first, count: 1))
        if case .exception(let exception) = try await unit.ask(request), exception.meansAbsent {
            throw unit.refusal(exception, of: request)
        }
    }

    /// Reads properties, neighbours in one request.
    ///
    /// A unit that does not answer is asked once, not once for each request of the batch. Where a unit refuses a
    /// request for several properties, the request is taken apart until only those fail that the unit really refuses.
    public func read(_ visitors: [PropertyVisitor<ModbusVisitor>]) async -> [Result<Sample, any Error>] {
        let planner = ReadPlanner(limits: limits, knowledge: learnt.withLock(\.knowledge))
        var batch = BatchRead(unit: unit, layouts: visitors.map(layout(of:)), planner: planner)
        await batch.run()
        learnt.withLock { [knowledge = batch.knowledge] in $0.knowledge = knowledge }
        return batch.results
    }

    /// Writes one property; a single value with functions 5, 6 and 22, longer ones with 15 and 16.
    /// - Throws: ``DeviceError``; ``ValueError`` when the registers cannot hold the value exactly.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<ModbusVisitor>) async throws {
        let layout = try layout(of: visitor).get()
        guard layout.table.isWritable else {
            throw DeviceError(.unsupported, "\(layout.table.plural) cannot be written (\(layout.span) of \(unit))")
        }
        if let patch = try layout.patch(of: value) {
            try await write(patch)
        } else if let request = try layout.write(of: value) {
            try await unit.order(request)
        }
    }

    /// Gives the place on the bus back; the last device to leave ends the connection.
    public func close() async {
        lease.end()
    }

    private func layout(of visitor: PropertyVisitor<ModbusVisitor>) -> Result<RegisterLayout, any Error> {
        if let layout = layouts[visitor.property.name] { return .success(layout) }
        return Result { () throws(LayoutProblem) in
            try RegisterLayout(of: visitor.config, for: visitor.property.model)
        }.mapError { DeviceError(.unsupported, $0.message) }
    }

    private func write(_ patch: RegisterPatch) async throws(DeviceError) {
        if patch.allowsMaskWrite, let request = patch.maskWrites.first, !learnt.withLock(\.lacksMaskWrite) {
            switch try await unit.ask(request) {
            case .exception(.illegalFunction): learnt.withLock { $0.lacksMaskWrite = true }
            case .exception(let exception): throw unit.refusal(exception, of: request)
            case .bits, .registers, .done: return
            }
        }
        // Without mask write: whoever else writes the registers in between loses.
        let request = ModbusRequest.read(.holding, patch.span)
        switch try await unit.ask(request) {
        case .registers(let registers): try await unit.order(patch.write(over: registers))
        case .exception(let exception): throw unit.refusal(exception, of: request)
        case .bits, .done: throw DeviceError(.malformedResponse, "no register came from \(unit)")
        }
    }
}
