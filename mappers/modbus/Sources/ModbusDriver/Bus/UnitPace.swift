// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps what is known about how fast one unit on a line answers, and whether an answer of it may still come.
struct UnitPace {
    /// What remains to be proven before an answer of the unit can be believed again.
    enum Doubt {
        /// The unit has to repeat a number it was not sent before.
        case unprobed
        /// The unit did not repeat the number: it has to be left alone for long enough.
        case unanswered
    }

    /// Units that twice did not repeat a number and then answered are taken for units that never do.
    private static let probeLimit = 2
    /// How many times the time given an answer may be late at most.
    private static let longestLateness = 4
    /// How many times the longest time of its pending answers a unit is left alone when nothing else proves that none
    /// can come: more than the latest answer that is reckoned with.
    static let rest = longestLateness + 1

    /// The longest the unit has taken lately.
    private(set) var slowest: Duration?
    /// What the unit gets on top of the time configured, because it has answered late.
    private(set) var extra = Duration.zero
    /// When the unit was asked last.
    private(set) var asked: ContinuousClock.Instant?
    private(set) var doubt: Doubt?
    /// The longest that an answer not yet ruled out may take.
    private(set) var longestPending = Duration.zero
    private var probesIgnored = 0

    /// Notes that the unit is being asked: until it has answered, what comes from it may answer this or a later request.
    /// - Parameter longest: How long the unit may take at most, which can be more than the request waits.
    mutating func ask(at now: ContinuousClock.Instant, longest: Duration) {
        asked = now
        longestPending = doubt == nil ? longest : max(longestPending, longest)
        doubt = probesIgnored < Self.probeLimit ? .unprobed : .unanswered
    }

    /// Notes a proper answer; a unit that needed more than its time keeps what it got on top.
    mutating func answered(after time: Duration, given timeout: Duration) {
        slowest = max(time, (slowest ?? .zero) * 15 / 16)
        doubt = nil
        if time > timeout {
            grant(time, timeout)
        } else {
            extra = extra < .milliseconds(1) ? .zero : extra * 7 / 8
        }
    }

    /// Notes that the unit repeated the number it was sent; how fast says nothing about what it is asked otherwise.
    mutating func provedClean() {
        probesIgnored = 0
        doubt = nil
    }

    /// Notes that the unit did not.
    mutating func ignoredProbe() {
        doubt = .unanswered
    }

    /// Notes that the unit repeated a number when it had used up its time.
    mutating func repeatedLate() {
        probesIgnored = 0
    }

    /// Notes that the unit answers what it is asked although it did not repeat the number.
    mutating func answeredWithoutProof() {
        probesIgnored += 1
    }

    /// Notes bytes that came when the unit had used up its time: it is slow, not dead.
    mutating func late(at now: ContinuousClock.Instant, given timeout: Duration) {
        guard doubt != nil, let asked else { return }
        let time = asked.duration(to: now)
        guard time > timeout, time <= timeout * Self.longestLateness else { return }
        slowest = max(time, slowest ?? .zero)
        grant(time, timeout)
    }

    private mutating func grant(_ time: Duration, _ timeout: Duration) {
        extra = min(max(extra, time * 5 / 4 - timeout), timeout * (Self.longestLateness - 1))
    }
}
