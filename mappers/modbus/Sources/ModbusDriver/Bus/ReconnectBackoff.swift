// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Spreads attempts to reach a bus again: at once, then after 0.5 s, doubled each time up to 30 s, with some chance.
struct ReconnectBackoff {
    private static let first = Duration.milliseconds(500)
    private static let longest = Duration.seconds(30)

    private var pause = ReconnectBackoff.first
    private var notBefore: ContinuousClock.Instant?
    /// Why the last attempt failed.
    private(set) var fault: BusFault?

    /// The reason not to try now; `nil` when an attempt is due.
    func reasonToWait(at now: ContinuousClock.Instant) -> BusFault? {
        guard let notBefore, now < notBefore else { return nil }
        return fault
    }

    /// Notes a failed attempt.
    /// - Parameter chance: A number from 0 to 1; many mappers must not come back in step.
    mutating func failed(
        with fault: BusFault,
        at now: ContinuousClock.Instant,
        chance: Double = Double.random(in: 0...1)
    ) {
        self.fault = fault
        notBefore = now + pause * (0.75 + chance / 2)
        pause = min(pause * 2, Self.longest)
    }

    /// Notes a success.
    mutating func succeeded() {
        self = ReconnectBackoff()
    }
}
