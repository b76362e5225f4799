// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Tries one driver, rule by rule.
struct ConformanceTrial<Driver: DeviceDriver> {
    typealias BoundDevice = DriverBinding<Driver>.BoundDevice
    typealias Visitor = PropertyVisitor<Driver.VisitorConfig>
    typealias Session = TrialSession<Driver>

    /// A device that was tried, and what is known of it by now.
    struct Known {
        let device: BoundDevice
        /// The properties that are read.
        var readable: Set<String>
        /// The raw values that stand still.
        var still: [String: PropertyValue]
    }

    let driver: Driver
    let devices: [BoundDevice]
    let options: ConformanceOptions
    let findings = ConformanceFindings()
    let threads = BlockingThreads()
    let ears = Ears()

    /// Keeps what listens, so that what comes late is heard.
    final class Ears: Sendable {
        let logs = Mutex<[PushLog]>([])
    }

    init(_ driver: Driver, _ devices: [BoundDevice], _ options: ConformanceOptions) {
        self.driver = driver
        self.devices = devices
        self.options = options
    }

    /// - Throws: `CancellationError` when the test is cancelled.
    func run() async throws -> ConformanceReport {
        checkNames()
        var known: [Known] = []
        for device in devices {
            if let device = await examine(device) { known.append(device) }
        }
        if let first = known.first {
            await checkReopening(first)
            await checkCancellation(first)
            await checkCrowd(known)
            await checkLoss(known)
        }
        await checkPushes()
        try Task.checkCancellation()
        return findings.report
    }

    private func checkNames() {
        findings.tried(.names)
        if driver.protocolNames.isEmpty { findings.broken(.names, "there is no name") }
        if driver.protocolNames.contains("") { findings.broken(.names, "a name is empty") }
    }

    // MARK: Opening

    /// Opens a device for the first time, and learns what can be learned in one session.
    private func examine(_ device: BoundDevice) async -> Known? {
        findings.tried(.opens)
        switch await open(device, hanging: .returns) {
        case .returned(let session): return await examine(session)
        case .threw(let error): findings.broken(.opens, "device '\(device.id)': \(DeviceError(error))")
        case .hung: break
        }
        return nil
    }

    private func examine(_ session: Session) async -> Known? {
        await checkEmptyBatch(session)
        let known = await checkReading(session)
        if let known {
            await checkPortions(session, known)
            await checkGivingWay(session, known)
            await checkWriting(session, known)
            await checkReadOnly(session, known)
        }
        let refreshed = await refreshed(known, session)
        await checkClosing(session)
        return refreshed
    }

    /// Opens a device once.
    func open(
        _ device: BoundDevice,
        cancelled: DriverLane.Cancellation = .never,
        within limit: Duration? = nil,
        hanging rule: ConformanceRule
    ) async -> CallEnd<Session> {
        let lane = DriverLane(threads)
        let limit = limit ?? options.stepTime
        let end = await lane.call(within: limit, cancelled: cancelled) { [driver] in
            try await driver.open(device)
        }
        findings.tried(rule)
        switch end {
        case .returned(let session): return .returned(listening(to: session, of: device, on: lane, limit))
        case .threw(let error): return .threw(error)
        case .hung:
            findings.broken(rule, "device '\(device.id)': open did not return within \(limit)")
            return .hung
        }
    }

    /// Opens a device as often as it takes, as a mapper would.
    /// - Returns: the session, or the last error.
    func openPatiently(
        _ device: BoundDevice,
        within limit: Duration? = nil,
        hanging rule: ConformanceRule
    ) async -> CallEnd<Session> {
        let deadline = ContinuousClock.now + (limit ?? options.stepTime)
        var pause = Duration.milliseconds(10)
        while true {
            let end = await open(device, within: limit, hanging: rule)
            guard case .threw = end, ContinuousClock.now < deadline, !Task.isCancelled else { return end }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
    }

    private func listening(
        to session: Driver.Session,
        of device: BoundDevice,
        on lane: DriverLane,
        _ limit: Duration
    ) -> Session {
        var log: PushLog?
        if let pushing = session as? any PushingSession {
            let ear = PushLog(device.id) { [driver] property, sample in
                guard let visitor = device.visitor(of: property) else { return "there is no property '\(property)'" }
                return Self.complaint(about: sample, of: visitor, driver)
            }
            pushing.push { ear.hear($0) }
            ears.logs.withLock { $0.append(ear) }
            log = ear
        }
        return Session(session, of: device, on: lane, pushes: log, limit: limit, findings: findings)
    }

    // MARK: Values

    /// What is wrong with a value; `nil` when nothing is, or the device says that it has none.
    static func complaint(about sample: Sample, of visitor: Visitor, _ driver: Driver) -> String? {
        let name = visitor.property.name
        do {
            try visitor.property.model.range.check(try driver.value(of: sample, for: visitor))
            return nil
        } catch {
            return error.code == .notANumber ? nil : "'\(name)': \(error) (raw value \(sample.value.text))"
        }
    }
}
