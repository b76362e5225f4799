// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging

/// The way up: readings become reports.
extension DeviceLoop {
    /// How long a reading is put off at most: a device that is gone has to be noticed, whatever the link does.
    private static var longestHoldBack: Duration { .seconds(1) }
    /// After what time the link is looked at again.
    private static var secondLook: Duration { .milliseconds(50) }

    /// Whether what is due is to be read later, because the link has not sent yet what was read before.
    mutating func isHeldBack() -> Bool {
        let now = clock.uptime
        guard let next = plan.nextUptime, next <= now, link.isBehind(device.id),
            now - (heldBackSince ?? now) < Self.longestHoldBack
        else {
            heldBackSince = nil
            return false
        }
        heldBackSince = heldBackSince ?? now
        return true
    }

    /// When to read next, or to see whether that can be done.
    var nextCollection: Duration? {
        heldBackSince == nil ? plan.nextUptime : clock.uptime + Self.secondLook
    }

    /// Reads what is due, portion by portion, and does in between what has come to be desired.
    mutating func collect(_ session: Driver.Session) async {
        let due = plan.takeDue(now: clock.uptime)
        if due.missed > 0 { metrics.missedCycles.increment(by: due.missed) }
        let visitors = due.names.compactMap { device.visitor(of: $0) }
        guard !visitors.isEmpty else { return }
        let portions = session.portions(of: visitors, with: due.soon.compactMap { device.visitor(of: $0) })
        let (asked, answered) = await read(portions, from: session)
        plan.readEarly(Set(asked.map(\.property.name)).subtracting(due.names), at: due.moment)
        // What could not be read now is not said again.
        sendTelemetry(of: answered.compactMap { device.visitor(of: $0.property.name)?.property })
    }

    /// Reads portions, until one finds nobody there.
    /// - Returns: what was read or tried, and what was read.
    private mutating func read(
        _ portions: [[Visitor]],
        from session: Driver.Session
    ) async -> (asked: [Visitor], answered: [Visitor]) {
        var asked: [Visitor] = []
        var results: [Result<PropertyValue, any Error>] = []
        for (position, portion) in portions.enumerated() {
            guard let answers = await valuesUnlessCommanded(portion, from: session) else { break }
            asked += portion
            results += answers
            if let absence = absence(in: answers) {
                let rest = portions[(position + 1)...].flatMap(\.self)
                asked += rest
                results += Array(repeating: .failure(absence), count: rest.count)
                break
            }
        }
        judge(asked, results)
        let answered = zip(asked, results).compactMap { (try? $1.get()) == nil ? nil : $0 }
        return (asked, answered)
    }

    /// How often a reading is put off for commands: whoever commands without end must not blind the mapper.
    private static var mostInterruptions: Int { 8 }

    /// Reads a portion; when commands come before that has begun, carries them out first.
    /// - Returns: the results; `nil` when nothing more is to be read from the session.
    private mutating func valuesUnlessCommanded(
        _ portion: [Visitor],
        from session: Driver.Session
    ) async -> [Result<PropertyValue, any Error>]? {
        for _ in 0..<Self.mostInterruptions {
            mailbox.onCommand { session.giveWay() }
            defer { mailbox.onCommand(nil) }
            if mailbox.hasLetters {
                guard await attendToMail(session) else { return nil }
            }
            let answers = await values(of: portion, from: session)
            guard Self.gaveWay(answers), !Task.isCancelled else { return answers }
        }
        guard await attendToMail(session) else { return nil }
        return await values(of: portion, from: session)
    }

    /// Whether the driver has put a reading off for a command.
    private static func gaveWay(_ answers: [Result<PropertyValue, any Error>]) -> Bool {
        !answers.isEmpty
            && answers.allSatisfy { result in
                guard case .failure(let error) = result else { return false }
                return DeviceError(error).code == .cancelled
            }
    }

    /// Carries out what has come meanwhile.
    /// - Returns: whether the session may be used further.
    private mutating func attendToMail(_ session: Driver.Session) async -> Bool {
        _ = readLetters()
        guard !shouldStop, !needsReopening else { return false }
        await applyDesired(session)
        // What a command came to is not kept back until the reading is over.
        sendReports()
        return !shouldStop && !needsReopening
    }

    /// The reason why nobody answered; `nil` when somebody did.
    private func absence(in results: [Result<PropertyValue, any Error>]) -> DeviceError? {
        let absences = results.compactMap { result -> DeviceError? in
            guard case .failure(let error) = result, let error = error as? DeviceError else { return nil }
            return error.meansAbsent ? error : nil
        }
        return absences.count == results.count ? absences.last : nil
    }

    /// Reads properties in one go.
    /// - Returns: the results in the order asked, in the properties' own types.
    mutating func read(
        _ visitors: [Visitor],
        from session: Driver.Session
    ) async -> [Result<PropertyValue, any Error>] {
        let results = await values(of: visitors, from: session)
        judge(visitors, results)
        return results
    }

    /// Reads properties in one go and takes what was read into the twin.
    private mutating func values(
        of visitors: [Visitor],
        from session: Driver.Session
    ) async -> [Result<PropertyValue, any Error>] {
        let answers = await session.read(visitors)
        let timestamp = clock.timestamp
        let results = visitors.indices.map { index -> Result<PropertyValue, any Error> in
            guard answers.count == visitors.count else {
                return .failure(DeviceError.wrongCount(answers.count, for: visitors.count))
            }
            return answers[index].flatMap { sample in
                Result { () throws(ValueError) in try driver.value(of: sample, for: visitors[index]) }
                    .mapError { $0 as any Error }
            }
        }
        for (index, visitor) in visitors.enumerated() {
            guard case .success(let value) = results[index], case .success(let sample) = answers[index] else {
                continue
            }
            twin[visitor.property.name]?.read(value, at: sample.acquiredAt ?? timestamp)
        }
        return results
    }

    /// Draws conclusions about the device and its properties, and logs what is news.
    private mutating func judge(_ visitors: [Visitor], _ results: [Result<PropertyValue, any Error>]) {
        // What a stopping mapper did not get says nothing about the device.
        guard !Task.isCancelled else { return }
        let errors = results.map { result -> (any Error)? in
            guard case .failure(let error) = result else { return nil }
            return error
        }
        metrics.readings.increment(by: errors.count { $0 == nil })
        metrics.readFailures.increment(by: errors.count { $0 != nil })
        let absences = errors.compactMap { $0 as? DeviceError }.filter(\.meansAbsent)
        if let absence = absences.last, absences.count == visitors.count {
            return noteMiss(absence)
        }
        noteAnswer()
        for (visitor, error) in zip(visitors, errors) { logTransition(of: visitor.property.name, error) }
    }

    mutating func logTransition(of property: String, _ error: (any Error)?) {
        if let error {
            guard faults.failed(property, "\(error)") else { return }
            logger.warning("reading fails", metadata: [LogKey.property: "\(property)", LogKey.error: "\(error)"])
        } else if faults.recovered(property) {
            logger.info("reading works again", metadata: [LogKey.property: "\(property)"])
        }
    }

    // MARK: Availability

    /// Notes that the device answered, whatever it said.
    mutating func noteAnswer() {
        guard availability.heard() else { return }
        logger.info("online")
        link.report(.online, of: device.id)
    }

    /// Notes a batch without any answer.
    ///
    /// A connection that broke is opened again at once; the device is offline when that fails, or happens again.
    mutating func noteMiss(_ error: DeviceError) {
        let isAbsent = availability.missed(limit: options.missesBeforeOffline)
        guard isAbsent || error.code == .disconnected else { return }
        needsReopening = true
        if isAbsent { noteAbsence(error) }
    }

    /// Notes that the device cannot be reached.
    mutating func noteAbsence(_ error: DeviceError) {
        guard availability.lost() else { return }
        logger.warning("offline, trying on", metadata: [LogKey.error: "\(error)"])
        link.report(.offline, of: device.id)
    }

    // MARK: Sending

    /// Hands over what has to be reported now, in one message.
    mutating func sendReports() {
        let values = twin.takeReports(now: clock.uptime, refresh: options.refreshInterval)
        guard !values.isEmpty else { return }
        metrics.reports.increment(by: values.count)
        link.report(TwinReport(device.id, values))
    }

    mutating func sendTelemetry(of properties: [Property]) {
        let now = clock.uptime
        var values: [String: TwinReport.Value] = [:]
        for property in properties where property.isTelemetry {
            if let sent = telemetrySent[property.name], now < sent + property.reportCycle * 9 / 10 { continue }
            guard let value = twin[property.name]?.telemetry else { continue }
            values[property.name] = value
            telemetrySent[property.name] = now
        }
        guard !values.isEmpty else { return }
        link.publish(Telemetry(device.id, topic: device.instance.dataTopic, values))
    }
}
