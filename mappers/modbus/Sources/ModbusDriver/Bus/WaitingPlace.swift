// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Is where the reading of a session waits for the bus, so that a command of the same device need not wait behind it.
final class WaitingPlace: Sendable {
    private let ticket = Mutex<Ticket?>(nil)

    func hold(_ newer: Ticket?) { ticket.withLock { $0 = newer } }

    /// Gives the place up, unless the bus has begun with what waits there.
    func giveUp() { ticket.withLock { $0 }?.withdraw() }
}
