// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Logging
package import MapperKit
import Synchronization

/// Finds out which units answer on a way, which tables they have, and which addresses can be read.
///
/// It only ever reads, one request after the other, over a bus like any device's.
package final class ModbusScan: Sendable {
    private let plan: ScanPlan
    private let clock: any MapperClock
    private let progress: @Sendable (ScanProgress) -> Void
    private let found: Mutex<ScanReport>

    /// Prepares a scan.
    /// - Parameter progress: Told before each request.
    package init(
        _ plan: ScanPlan,
        clock: any MapperClock = SystemClock(),
        progress: @escaping @Sendable (ScanProgress) -> Void
    ) {
        self.plan = plan
        self.clock = clock
        self.progress = progress
        found = Mutex(
            ScanReport(connection: plan.connection, place: plan.connection.bus.map(String.init(describing:)) ?? "")
        )
    }

    /// What was found so far.
    package var report: ScanReport { found.withLock { $0 } }

    /// Looks for units until all were asked, or the task is cancelled; see ``report`` for what was found.
    /// - Throws: ``DeviceError`` when the way to the units cannot be opened.
    package func run(logger: Logger) async throws(DeviceError) {
        guard let address = plan.connection.bus else { throw DeviceError(.unsupported, "no way to scan is given") }
        let bus = try Bus.start(address, after: nil, in: BusEnvironment(logger: logger))
        defer { bus.stop() }
        let probe = ScanProbe(bus, plan, clock: clock) { [self] requests, unit, subject in
            let units = found.withLock { report in
                report.requests = requests
                return report.units.count
            }
            progress(ScanProgress(requests: requests, unit: unit, subject: "unit \(unit), \(subject)", found: units))
        }
        do throws(ScanEnd) {
            try await look(with: probe, at: address)
        } catch {
            try end(error)
        }
    }

    private func end(_ reason: ScanEnd) throws(DeviceError) {
        switch reason {
        case .cancelled: found.withLock { $0.interruption = "it was stopped" }
        case .lostUnit: found.withLock { $0.interruption = "a unit stopped answering" }
        case .unreachable(let message):
            if report.units.isEmpty { throw DeviceError(.unreachable, message) }
            found.withLock { $0.interruption = message }
        }
    }

    private func look(with probe: ScanProbe, at address: BusAddress) async throws(ScanEnd) {
        switch (plan.units, address) {
        case (.listed(let numbers), _): try await look(for: numbers, with: probe)
        case (.all, .serial), (.all, .rtuOverTCP): try await look(for: Array(1...247), with: probe)
        case (.all, .tcp):
            let usual = ScanPlan.usualUnits
            var present: [UInt8] = []
            for number in usual where try await isPresent(number, probe) { present.append(number) }
            if present == usual {
                found.withLock { $0.ignoresUnits = true }
                return try await examine(usual[0], with: probe)
            }
            for number in present { try await examine(number, with: probe) }
            try await look(for: (1...246).filter { !usual.contains($0) }, with: probe)
        }
    }

    private func look(for numbers: [UInt8], with probe: ScanProbe) async throws(ScanEnd) {
        for number in numbers where try await isPresent(number, probe) { try await examine(number, with: probe) }
    }

    /// Whether a unit answers anything at all; a unit that is not there costs one time-out.
    private func isPresent(_ number: UInt8, _ probe: ScanProbe) async throws(ScanEnd) -> Bool {
        found.withLock { $0.unitsAsked += 1 }
        let table = plan.tables.contains(.holding) ? RegisterTable.holding : plan.tables.first ?? .holding
        let first = AddressSpan(first: plan.addresses.lowerBound, count: 1)
        return try await probe.read(table, first, of: number, retries: 0).isSignOfLife
    }

    private func examine(_ number: UInt8, with probe: ScanProbe) async throws(ScanEnd) {
        found.withLock { report in
            report.units.append(ScannedUnit(number: number))
            report.units.sort { $0.number < $1.number }
        }
        for table in plan.tables {
            var scan = TableScan(table, in: plan.addresses, step: plan.step)
            let outcome: ScanEnd?
            do throws(ScanEnd) {
                try await scan.run { span throws(ScanEnd) in
                    try await probe.read(table, span, of: number, retries: 1)
                }
                outcome = nil
            } catch {
                outcome = error
            }
            note(scan.result, of: number)
            if outcome == .lostUnit { return }
            if let outcome { throw outcome }
        }
    }

    private func note(_ table: ScannedTable, of number: UInt8) {
        found.withLock { report in
            guard let index = report.units.firstIndex(where: { $0.number == number }) else { return }
            report.units[index].tables.append(table)
        }
    }
}
