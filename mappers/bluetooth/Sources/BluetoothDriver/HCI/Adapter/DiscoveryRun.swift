// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps a discovery going that the kernel ends every ten seconds.
///
/// Somebody else's discovery is let run: its reports come here as well, and stopping would stop the other's.
struct DiscoveryRun: Hashable, Sendable {
    enum Input: Hashable, Sendable {
        case begin
        /// What came of starting; `nil` for success.
        case started(ManagementError?)
        case discovering(Bool)
        case pauseOver
        case timeIsUp
    }

    enum Action: Hashable, Sendable {
        case start
        case pause(Duration)
        case fail(ManagementError)
        case finish
    }

    private enum Phase: Hashable, Sendable {
        case starting
        /// Ours is running.
        case running
        /// Somebody else's is running, or starting failed for now.
        case resting
    }

    /// Between attempts, when no event says that the other's discovery has ended.
    static let pause = Duration.seconds(3)

    private var phase = Phase.starting

    /// Whether there is something to stop in the end.
    var isRunning: Bool { phase == .running }

    /// What to do about something that happened.
    mutating func handle(_ input: Input) -> Action? {
        switch (input, phase) {
        case (.begin, _), (.discovering(false), .running), (.discovering(false), .resting), (.pauseOver, .resting):
            phase = .starting
            return .start
        case (.started(nil), _):
            phase = .running
            return nil
        case (.started(let error?), _):
            guard error.status?.isTransient == true else {
                phase = .resting
                return .fail(error)
            }
            phase = .resting
            return .pause(Self.pause)
        case (.timeIsUp, _): return .finish
        case (.discovering, _), (.pauseOver, _): return nil
        }
    }
}
