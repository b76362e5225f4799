// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Sets how patient and how talkative a mapper is.
public struct MapperOptions: Sendable {
    /// How often a value that does not change is reported all the same.
    ///
    /// Reports made while the node is offline never reach the cloud, so a value has to be said again some time.
    public var refreshInterval = Duration.seconds(600)
    /// The longest pause between two attempts to reach a device that does not answer.
    public var longestReopenPause = Duration.seconds(30)
    /// The longest pause between two attempts to write a value that the device does not take.
    public var longestWritePause = Duration.seconds(60)
    /// Whether devices with the same cycle are read at different moments, so that they do not all want the same line,
    /// or the same processor, at once.
    public var spreadsCycles = true
    /// How many batches in a row a device may leave unanswered before it counts as offline.
    public var missesBeforeOffline = 2
    /// How long devices may take to close before the last reports are sent without waiting for them.
    public var shutdownGrace = Duration.seconds(1)

    /// Creates options with defaults that suit most gateways.
    public init() {}

    var reopenBackoff: Backoff { Backoff(initial: .seconds(1), limit: longestReopenPause) }
    /// The pause before a device is tried again.
    /// - Parameter lineTime: How long an attempt keeps others from the line.
    func reopenPause(afterFailures failures: Int, lineTime: Duration?) -> Duration {
        var backoff = reopenBackoff
        // With the chance taken off, still more than a hundred times as long as the attempt.
        if let lineTime { backoff.limit = max(backoff.limit, lineTime * 130) }
        return backoff.pause(afterFailures: failures)
    }

    var writeBackoff: Backoff { Backoff(initial: .seconds(1), limit: longestWritePause) }
}
