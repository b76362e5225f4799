// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging

/// The way down: desired values become writes, and what is read back becomes reports.
extension DeviceLoop {
    /// Takes desired values into the twin and logs what cannot be.
    mutating func desire(_ values: [String: DesiredValue]) {
        let now = clock.uptime
        logUnknown(values.filter { twin[$0.key] == nil })
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where twin[name] != nil {
            guard case .refused(let error)? = twin[name]?.desire(value, now: now) else { continue }
            logRefusal(of: name, error)
        }
    }

    /// Does what is due about desired values: compares, writes, reads back.
    mutating func applyDesired(_ session: Driver.Session) async {
        let names = twin.steps(now: clock.uptime)
        guard !names.isEmpty else { return }
        await compare(names, session)
        var written: [Visitor] = []
        for name in names where !needsReopening && !Task.isCancelled {
            // Each write takes its time: what was taken back, replaced or removed meanwhile must not be written any more.
            if mailbox.hasNewWishes { break }
            guard case .write(let value)? = twin[name]?.step(now: clock.uptime),
                let visitor = device.visitor(of: name)
            else { continue }
            if await write(value, to: visitor, session) { written.append(visitor) }
        }
        if !written.isEmpty { await readBack(written, session) }
    }

    /// Reads the properties that may have their desired values already; those that do are settled without a write.
    private mutating func compare(_ names: [String], _ session: Driver.Session) async {
        let visitors = names.compactMap { name -> Visitor? in
            guard case .compare? = twin[name]?.step(now: clock.uptime) else { return nil }
            return device.visitor(of: name)
        }
        guard !visitors.isEmpty else { return }
        let results = await read(visitors, from: session)
        for (visitor, result) in zip(visitors, results) where !Task.isCancelled {
            let name = visitor.property.name
            switch result {
            case .success(let value) where value == twin[name]?.desired?.value:
                logRecovery(of: name)
                twin[name]?.settle()
            case .success:
                twin[name]?.mustWrite()
            case .failure(let error):
                couldNotCompare(name, error)
            }
        }
    }

    /// After so many attempts a device that refuses to be read is believed.
    private static var refusalsBelieved: Int { 8 }

    /// Decides what a failed comparison means: nothing, unless the device says that it cannot be asked at all.
    private mutating func couldNotCompare(_ name: String, _ error: any Error) {
        let code = DeviceError(error).code
        let isUnreadable = error is ValueError || [.rejected, .unsupported].contains(code)
        guard isUnreadable else { return noteFailure(of: name, error) }
        guard let failures = twin[name]?.failures, twin[name]?.mayHaveBeenExecuted ?? false else {
            twin[name]?.mustWrite()
            return
        }
        // Devices that have just lost a write often refuse everything for a while: the command must not be lost to that.
        if code == .rejected, failures < Self.refusalsBelieved { return noteFailure(of: name, error) }
        twin[name]?.refuse()
        let entry = logEntry(name, [LogKey.error: "\(error)"])
        logger.error(
            "whether the device executed a write cannot be found out; it is not written again",
            metadata: entry
        )
    }

    /// Writes one value.
    /// - Returns: whether the device accepted it.
    private mutating func write(_ value: PropertyValue, to visitor: Visitor, _ session: Driver.Session) async -> Bool {
        let name = visitor.property.name
        do {
            try await session.write(driver.rawValue(of: value, for: visitor), to: visitor)
        } catch let error as ValueError {
            twin[name]?.refuse()
            logRefusal(of: name, error)
            return false
        } catch {
            guard !Task.isCancelled else { return false }
            metrics.writeFailures.increment()
            noteFailure(of: name, error, mayHaveBeenExecuted: DeviceError(error).mayHaveBeenExecuted)
            return false
        }
        metrics.writes.increment()
        logRecovery(of: name)
        logger.info("written", metadata: logEntry(name))
        twin[name]?.written()
        writtenUptimes[name] = clock.uptime
        return true
    }

    private mutating func readBack(_ visitors: [Visitor], _ session: Driver.Session) async {
        let results = await read(visitors, from: session)
        for (visitor, result) in zip(visitors, results) {
            let name = visitor.property.name
            guard case .success(let value) = result, value != twin[name]?.desired?.value else { continue }
            logger.warning(
                "the device accepted the desired value but holds another one",
                metadata: logEntry(name, [LogKey.reported: "\(value.text)"])
            )
        }
    }

    private mutating func noteFailure(of name: String, _ error: any Error, mayHaveBeenExecuted: Bool = false) {
        let error = DeviceError(error)
        guard error.isTransient else {
            twin[name]?.refuse()
            return logRefusal(of: name, ValueError(.readOnly, error.message))
        }
        let (now, backoff) = (clock.uptime, options.writeBackoff)
        let isFirst =
            twin[name]?.attemptFailed(now: now, backoff: backoff, mayHaveBeenExecuted: mayHaveBeenExecuted) ?? false
        if isFirst {
            let entry = logEntry(name, [LogKey.error: "\(error)"])
            logger.warning("writing fails, trying on while it is desired", metadata: entry)
        }
        if error.meansAbsent { noteMiss(error) } else { noteAnswer() }
    }

    // MARK: Log

    func logRefusal(of name: String, _ error: ValueError) {
        let entry = logEntry(name, [LogKey.error: "\(error)"])
        logger.error("the desired value is refused, nothing is written", metadata: entry)
    }

    private func logRecovery(of name: String) {
        guard let failures = twin[name]?.failures, failures > 0 else { return }
        logger.info("writing works again after \(failures) failures", metadata: logEntry(name))
    }

    private func logEntry(_ name: String, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        var entry: Logger.Metadata = [LogKey.property: "\(name)"]
        if let text = twin[name]?.desired?.text { entry[LogKey.desired] = "\(text)" }
        return entry.merging(more) { _, newer in newer }
    }

    /// Names properties that the device does not have, in one line and no more than a few of them.
    private mutating func logUnknown(_ values: [String: DesiredValue]) {
        let names = values.keys.sorted()
        guard let first = names.first, faults.failed("desired but unknown", "\(names.prefix(5)) \(names.count)") else {
            return
        }
        let known = device.instance.properties.map(\.name)
        let others = names.count > 1 ? " and \(names.count - 1) others" : ""
        let message = "the device has no property '\(first)'\(Spelling.suggestion(for: first, in: known))\(others)"
        logRefusal(of: first, ValueError(.unknownProperty, message))
    }
}
