// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how many of something may still be sent: so many at once, and then so many a second.
struct Allowance: Sendable {
    /// How many a second.
    var rate: Double
    /// How many at once after a pause.
    let burst: Double
    private var rest: Double
    private var updated: Duration

    init(rate: Double, burst: Double, at uptime: Duration) {
        self.rate = rate
        self.burst = burst
        rest = burst
        updated = uptime
    }

    /// When something may be sent again: now, or later.
    ///
    /// A large one may overdraw what is there; the next one waits until that is made up for.
    func nextUptime(at uptime: Duration) -> Duration {
        let rest = min(burst, rest + rate * ((uptime - updated) / .seconds(1)))
        guard rest < 1 else { return uptime }
        // Rounded up: whoever waits this long finds one.
        return uptime + .milliseconds(Int64(((1 - rest) / rate * 1000).rounded(.up)) + 1)
    }

    /// Counts what is sent.
    mutating func take(_ count: Int = 1, at uptime: Duration) {
        rest = min(burst, rest + rate * ((uptime - updated) / .seconds(1))) - Double(count)
        updated = uptime
    }

    /// Begins anew with nothing.
    mutating func empty(at uptime: Duration) {
        rest = 0
        updated = uptime
    }
}
