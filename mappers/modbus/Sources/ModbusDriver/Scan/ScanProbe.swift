// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Sends the reads of a scan, and never anything but reads.
final class ScanProbe: Sendable {
    /// Connections that break in a row before the way counts as lost.
    private static let patience = 5

    private struct State {
        var requests = 0
        var breaks = 0
        var wasAnswered = false
    }

    private let bus: Bus
    private let plan: ScanPlan
    private let clock: any MapperClock
    private let report: @Sendable (_ requests: Int, _ unit: UInt8, _ subject: String) -> Void
    private let state = Mutex(State())

    init(
        _ bus: Bus,
        _ plan: ScanPlan,
        clock: any MapperClock,
        report: @escaping @Sendable (_ requests: Int, _ unit: UInt8, _ subject: String) -> Void
    ) {
        self.bus = bus
        self.plan = plan
        self.clock = clock
        self.report = report
    }

    /// How many reads were asked for.
    var requests: Int { state.withLock(\.requests) }

    /// Reads some addresses of a unit.
    /// - Parameter retries: How often silence is not believed.
    func read(
        _ table: RegisterTable,
        _ span: AddressSpan,
        of unit: UInt8,
        retries: Int
    ) async throws(ScanEnd) -> ScanFinding {
        let request = ModbusRequest.read(table, span)
        let number = state.withLock { state in
            state.requests += 1
            return state.requests
        }
        report(number, unit, request.subject)
        let transaction = Transaction(
            unit: unit,
            request: request,
            timeout: plan.timeout,
            pause: plan.pause,
            retries: retries
        )
        while true {
            do throws(BusFault) {
                let answer = try await bus.perform(transaction).answer
                state.withLock { ($0.breaks, $0.wasAnswered) = (0, true) }
                return ScanFinding(answer)
            } catch {
                if let finding = try await finding(for: error) { return finding }
            }
        }
    }

    /// What a fault says about a unit; `nil` when it is worth asking again.
    private func finding(for fault: BusFault) async throws(ScanEnd) -> ScanFinding? {
        switch fault {
        case .timedOut, .malformed: return .silence
        case .cancelled: throw .cancelled
        case .overloaded: return nil
        case .disconnected:
            // Some gateways hang up instead of saying that a unit is not there.
            try state.withLock { state throws(ScanEnd) in
                state.breaks += 1
                if state.breaks >= Self.patience, !state.wasAnswered { throw .unreachable("\(bus.address) hangs up") }
            }
            return .silence
        case .unreachable(let reason):
            try state.withLock { state throws(ScanEnd) in
                state.breaks += 1
                if state.breaks >= Self.patience || !state.wasAnswered {
                    throw .unreachable("\(bus.address) cannot be reached: \(reason)")
                }
            }
            do { try await clock.sleep(untilUptime: clock.uptime + .seconds(1)) } catch { throw .cancelled }
            return nil
        }
    }
}
