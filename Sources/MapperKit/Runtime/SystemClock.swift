// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The machine's own clocks.
public struct SystemClock: MapperClock {
    private let origin = ContinuousClock().now

    /// Creates a clock whose uptime starts at 0.
    public init() {}

    /// Time since this clock was created.
    public var uptime: Duration { ContinuousClock().now - origin }

    /// The wall clock.
    public var timestamp: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// Waits by suspending the task.
    public func sleep(untilUptime deadline: Duration) async throws {
        try await Task.sleep(until: origin + deadline, clock: .continuous)
    }
}
