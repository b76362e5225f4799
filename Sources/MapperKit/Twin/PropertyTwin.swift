// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// The two sides of one property: what is desired and what was read and reported.
///
/// It decides; it does nothing.
///
/// - What was desired once is applied once: the edge repeats its wish until the report is equal, byte for byte.
/// - A failed write is due again, with growing pauses, as long as it is desired; it is compared with the device first,
///   as a write that got no answer may have been executed.
/// - What is reported was read. The desired text is used only where it means the very value that was read.
struct PropertyTwin: Sendable {
    /// What came of a new desired value.
    enum Acceptance: Equatable, Sendable {
        /// It was desired already.
        case repeated
        /// It has to be applied.
        case accepted
        /// It cannot be.
        case refused(ValueError)
    }

    /// What to do about a desired value now.
    enum Step: Equatable, Sendable {
        /// Read the property; write only if the device has another value.
        case compare(PropertyValue)
        /// Write.
        case write(PropertyValue)
    }

    private struct Reported {
        var value: PropertyValue
        var text: String
        var uptime: Duration
    }

    private struct Reading {
        var value: PropertyValue
        /// Kept, as the same value comes many times and is looked at more often than that.
        var text: String
        var acquiredAt: Timestamp
    }

    private(set) var property: Property
    private(set) var desired: DesiredState?
    private var reading: Reading?
    private var reported: Reported?
    /// A read-back goes out at once, whatever the report cycle.
    private var reportsAtOnce = false
    private var observedDesired: String?
    /// Whether a write got no answer that says what became of it.
    private(set) var mayHaveBeenExecuted = false

    /// By how much a number must differ from the one last reported to be reported again.
    var deadband: Double

    init(_ property: Property, deadband: Double = 0) {
        self.property = property
        self.deadband = deadband
    }

    // MARK: Desired

    /// Takes what the edge wants.
    mutating func desire(_ wanted: DesiredValue, now: Duration) -> Acceptance {
        if let desired, desired.text == wanted.text { return .repeated }
        do {
            let value = try property.model.desiredValue(parsing: wanted.text)
            mayHaveBeenExecuted = false
            let mayBeThere = wanted.mayBeSettled || reading?.value == value
            desired = DesiredState(
                text: wanted.text,
                value: value,
                phase: .pending(comparesFirst: mayBeThere, failures: 0, notBefore: now)
            )
            return .accepted
        } catch {
            desired = DesiredState(text: wanted.text, value: nil, phase: .refused)
            return .refused(error)
        }
    }

    /// Forgets what the edge wanted.
    mutating func clearDesired() {
        desired = nil
        // The edge would take the old one for what is wanted now.
        if observedDesired != nil { reportsAtOnce = true }
        observedDesired = nil
    }

    /// Replaces the property by a newer description of it; what was settled stays settled if it still means the same.
    ///
    /// At another place nothing that was read counts any more, and what is desired may not be there.
    /// - Parameter isElsewhere: Whether the device itself is to be found at another place.
    mutating func update(_ newer: Property, isElsewhere: Bool = false, now: Duration) -> Acceptance {
        let isAtSamePlace = newer.visitor == property.visitor && !isElsewhere
        let isSame = newer.model == property.model && isAtSamePlace
        property = newer
        if !isAtSamePlace { reading = nil }
        guard let old = desired, !isSame else { return .repeated }
        desired = nil
        return desire(DesiredValue(old.text, mayBeSettled: true), now: now)
    }

    /// When there is something to do about the desired value; `nil` if nothing.
    var nextStepUptime: Duration? {
        guard case .pending(_, _, let notBefore) = desired?.phase else { return nil }
        return notBefore
    }

    /// What to do about the desired value now.
    func step(now: Duration) -> Step? {
        guard let desired, let value = desired.value,
            case .pending(let comparesFirst, _, let notBefore) = desired.phase, notBefore <= now
        else { return nil }
        return comparesFirst ? .compare(value) : .write(value)
    }

    /// Notes that the device accepted the desired value.
    ///
    /// What was read before is out of date from now on.
    mutating func written() {
        reading = nil
        settle()
    }

    /// Notes that the device has the desired value.
    mutating func settle() {
        desired?.phase = .applied
        observedDesired = desired?.text
        reportsAtOnce = true
    }

    /// Notes that the comparison found another value, or could not be made: the next step is to write.
    mutating func mustWrite() {
        guard case .pending(_, let failures, let notBefore) = desired?.phase else { return }
        desired?.phase = .pending(comparesFirst: false, failures: failures, notBefore: notBefore)
    }

    /// Notes a failed attempt; it is due again after a pause.
    /// - Parameter mayHaveBeenExecuted: Whether the device may have done it all the same.
    /// - Returns: whether this is the first failure, the one to log.
    mutating func attemptFailed(now: Duration, backoff: Backoff, mayHaveBeenExecuted: Bool = false) -> Bool {
        guard case .pending(_, let failures, _) = desired?.phase else { return false }
        self.mayHaveBeenExecuted = self.mayHaveBeenExecuted || mayHaveBeenExecuted
        let pause = backoff.pause(afterFailures: failures + 1)
        desired?.phase = .pending(comparesFirst: true, failures: failures + 1, notBefore: now + pause)
        return failures == 0
    }

    /// Notes that the device can never take the value.
    mutating func refuse() {
        desired?.phase = .refused
    }

    /// How often writing the desired value has failed so far.
    var failures: Int {
        guard case .pending(_, let failures, _) = desired?.phase else { return 0 }
        return failures
    }

    // MARK: Reported

    /// Takes a value read from the device.
    mutating func read(_ value: PropertyValue, at acquiredAt: Timestamp) {
        let isSame = reading?.value == value
        reading = Reading(value: value, text: isSame ? reading?.text ?? value.text : value.text, acquiredAt: acquiredAt)
    }

    /// When the value that was read has to be reported; `nil` if it need not be.
    func reportUptime(refresh: Duration) -> Duration? {
        guard property.isTwin, let text else { return nil }
        guard let reported, !reportsAtOnce else { return .zero }
        // Readings come a little early or late; a tenth of the cycle is not worth a message of its own.
        if isNews(text, after: reported) { return reported.uptime + property.reportCycle * 9 / 10 }
        return reported.uptime + refresh
    }

    /// Gives the value to report and notes that it was.
    mutating func report(now: Duration) -> TwinReport.Value? {
        guard let reading, let text else { return nil }
        reported = Reported(value: reading.value, text: text, uptime: now)
        reportsAtOnce = false
        return TwinReport.Value(
            text,
            dataType: property.model.dataType,
            acquiredAt: reading.acquiredAt,
            observedDesired: observedDesired,
            fallbackText: text == reading.text ? nil : reading.text
        )
    }

    /// The last reading as telemetry.
    var telemetry: TwinReport.Value? {
        reading.map {
            TwinReport.Value($0.text, dataType: property.model.dataType, acquiredAt: $0.acquiredAt)
        }
    }

    /// Whether a changed value waits for its report cycle to pass.
    var holdsChange: Bool {
        guard property.isTwin, let text, let reported else { return false }
        return isNews(text, after: reported)
    }

    /// Whether what was read is worth a report of its own: another text and, of a number, more than the deadband away
    /// from what was reported last; so a drift in small steps is reported in the end.
    private func isNews(_ text: String, after reported: Reported) -> Bool {
        guard text != reported.text else { return false }
        guard deadband > 0, let reading else { return true }
        return reading.value.differs(from: reported.value, byMoreThan: deadband)
    }

    /// EdgeCore compares texts: the desired one settles its wish, another text for the same value never does.
    private var text: String? {
        guard let reading else { return nil }
        if let desired, desired.value == reading.value { return desired.text }
        return reading.text
    }
}
