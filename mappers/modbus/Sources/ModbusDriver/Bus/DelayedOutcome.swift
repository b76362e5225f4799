// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Is an outcome whose caller is woken a moment later: when the next request is under way, so that the device and the
/// caller work at the same time.
///
/// Used by one bus thread; the lock is never waited for.
final class DelayedOutcome: Sendable {
    private let pending = Mutex<(ticket: Ticket, outcome: Ticket.Outcome)?>(nil)

    /// Takes an outcome; the one before is delivered first.
    func hold(_ outcome: Ticket.Outcome, for ticket: Ticket) {
        deliver()
        pending.withLock { $0 = (ticket, outcome) }
    }

    /// Wakes the caller, if there is one.
    func deliver() {
        guard let (ticket, outcome) = pending.withLock({ $0.take() }) else { return }
        ticket.settle(outcome)
    }
}
