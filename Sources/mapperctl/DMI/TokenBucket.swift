// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Lets a burst through, and then as much as time allows: Go's `rate.Limiter`, as EdgeCore's DMI server uses it.
struct TokenBucket: Hashable, Sendable {
    /// The time that a new token takes: in EdgeCore one second, where a thousandth was probably meant.
    let interval: Duration
    let burst: Int
    private var tokens: Double
    private var last: Duration?

    init(interval: Duration = .seconds(1), burst: Int = 100) {
        self.interval = interval
        self.burst = burst
        tokens = Double(burst)
    }

    /// Takes a token, if there is one.
    /// - Parameter now: The time since any fixed moment.
    mutating func take(at now: Duration) -> Bool {
        if let last, now > last { tokens = min(Double(burst), tokens + (now - last) / interval) }
        last = max(last ?? now, now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
