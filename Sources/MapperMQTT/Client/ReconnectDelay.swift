// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how long to wait before the next attempt to connect: doubling, up to a limit, never quite the same.
struct ReconnectDelay {
    private static let first = Duration.milliseconds(500)
    private static let longest = Duration.seconds(10)
    /// A connection that lived this long was a good one; before that the broker may be throwing us out each time.
    private static let goodLife = Duration.seconds(10)

    private var next = first

    /// The time to wait now.
    /// - Parameter jitter: 0 to 1, at random, so that many mappers do not come back in the same instant.
    mutating func take(jitter: Double) -> Duration {
        defer { next = min(next * 2, Self.longest) }
        return next * (0.75 + jitter / 2)
    }

    /// Starts again from the shortest wait if the connection that ended was a good one.
    mutating func connectionEnded(after life: Duration) {
        if life >= Self.goodLife { next = Self.first }
    }
}
