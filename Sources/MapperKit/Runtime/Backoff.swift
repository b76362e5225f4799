// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Grows the pauses between attempts: each twice the one before, up to a limit, shaken so that many do not meet.
struct Backoff: Sendable {
    /// The pause after the first failure.
    var initial: Duration
    /// The longest pause.
    var limit: Duration
    /// The part of a pause that chance takes away, 0…1.
    var jitter: Double = 0.2

    /// The pause after a number of failures in a row, counted from 1.
    func pause(afterFailures failures: Int) -> Duration {
        let doublings = min(max(failures - 1, 0), 20)
        let pause = min(initial * (1 << doublings), limit)
        return pause * (1 - jitter * Double.random(in: 0...1))
    }
}
