// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says when something that was refused is tried again: after a pause that doubles each time it is refused again.
struct Reprieve: Hashable, Sendable {
    private var pause: Duration
    private let longest: Duration
    /// The uptime from which on it is tried again.
    private(set) var due: Duration

    init(now: Duration, first: Duration, longest: Duration) {
        pause = first
        self.longest = longest
        due = now + first
    }

    /// Notes that it was refused again.
    mutating func refusedAgain(now: Duration) {
        pause = min(pause * 2, longest)
        due = now + pause
    }
}
