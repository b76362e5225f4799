// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Gives the time and waits for it; a test brings its own.
public protocol MapperClock: Sendable {
    /// Time since some fixed moment, never set back.
    var uptime: Duration { get }

    /// The wall clock, for what is sent to others.
    var timestamp: Timestamp { get }

    /// Waits until ``uptime`` has reached a moment.
    /// - Throws: `CancellationError` when the task is cancelled while waiting.
    func sleep(untilUptime deadline: Duration) async throws
}
