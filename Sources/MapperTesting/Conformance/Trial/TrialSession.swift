// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is one open session under trial; what a call breaks by not returning is noted here.
///
/// After a call that did not return no other is made, as calls to one session never overlap.
final class TrialSession<Driver: DeviceDriver>: Sendable {
    typealias BoundDevice = DriverBinding<Driver>.BoundDevice
    typealias Visitor = PropertyVisitor<Driver.VisitorConfig>

    let device: BoundDevice
    let session: Driver.Session
    let pushes: PushLog?
    private let lane: DriverLane
    private let limit: Duration
    private let findings: ConformanceFindings
    private let stuckIn = Mutex<String?>(nil)
    private let isClosed = Mutex(false)

    init(
        _ session: Driver.Session,
        of device: BoundDevice,
        on lane: DriverLane,
        pushes: PushLog?,
        limit: Duration,
        findings: ConformanceFindings
    ) {
        self.session = session
        self.device = device
        self.lane = lane
        self.pushes = pushes
        self.limit = limit
        self.findings = findings
    }

    private var subject: String {
        "device '\(device.id)'" + (isClosed.withLock { $0 } ? ", closed" : "")
    }

    /// The call that did not return.
    var stuck: String? { stuckIn.withLock { $0 } }

    /// Reads a batch.
    /// - Parameters:
    ///   - hanging: The rule that a call breaks that does not return.
    ///   - miscounting: The rule that a wrong number of results breaks.
    /// - Returns: one result for each visitor; `nil` when there are none to be had.
    func read(
        _ visitors: [Visitor],
        cancelled: DriverLane.Cancellation = .never,
        hanging: ConformanceRule = .returns,
        miscounting: ConformanceRule = .oneResultEach
    ) async -> [Result<Sample, any Error>]? {
        let name =
            visitors.count == 1 ? "read of '\(visitors[0].property.name)'" : "read of \(visitors.count) properties"
        let results = await call(name, breaking: hanging, cancelled: cancelled) { [session] in
            await session.read(visitors)
        }
        guard case .returned(let results) = results else { return nil }
        findings.tried(.oneResultEach)
        guard results.count == visitors.count else {
            findings.broken(miscounting, "\(subject): \(name) gave \(results.count) results")
            return nil
        }
        return results
    }

    /// Reads one property.
    func read(_ visitor: Visitor) async -> Result<Sample, any Error>? {
        await read([visitor])?.first
    }

    /// Writes a raw value.
    /// - Returns: `nil` when it did not return.
    func write(
        _ value: PropertyValue,
        to visitor: Visitor,
        cancelled: DriverLane.Cancellation = .never,
        hanging: ConformanceRule = .returns
    ) async -> Result<Void, any Error>? {
        let name = "write of '\(visitor.property.name)'"
        let end = await call(name, breaking: hanging, cancelled: cancelled) { [session] in
            try await session.write(value, to: visitor)
        }
        switch end {
        case .returned: return .success(())
        case .threw(let error): return .failure(error)
        case nil, .hung: return nil
        }
    }

    /// Divides a reading.
    func portions(of due: [Visitor], with others: [Visitor]) async -> [[Visitor]]? {
        let end = await call("portions", breaking: .returns) { [session] in session.portions(of: due, with: others) }
        guard case .returned(let portions) = end else { return nil }
        return portions
    }

    /// Closes the session, which may be done again.
    /// - Returns: whether it returned.
    @discardableResult
    func close(hanging: ConformanceRule = .close) async -> Bool {
        let end = await call("close", breaking: hanging) { [session] in await session.close() }
        guard case .returned = end else { return false }
        pushes?.close()
        isClosed.withLock { $0 = true }
        return true
    }

    /// - Returns: `nil` when the session is stuck already.
    private func call<Value: Sendable>(
        _ name: String,
        breaking rule: ConformanceRule,
        cancelled: DriverLane.Cancellation = .never,
        _ body: @escaping @Sendable () async throws -> Value
    ) async -> CallEnd<Value>? {
        guard stuck == nil else { return nil }
        let end = await lane.call(within: limit, cancelled: cancelled, body)
        findings.tried(rule)
        guard case .hung = end else { return end }
        stuckIn.withLock { $0 = "\(subject): \(name) did not return within \(limit)" }
        findings.broken(rule, stuck ?? name)
        return end
    }
}
