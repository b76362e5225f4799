// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Stands for a caller who waits for a transaction; is settled exactly once, by answer, fault or cancellation.
final class Ticket: Sendable {
    typealias Outcome = Result<BusReply, BusFault>

    private enum State {
        case new
        case waiting(CheckedContinuation<Outcome, Never>)
        /// The bus has begun with it.
        case taken(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
    }

    let transaction: Transaction
    private let state = Mutex<State>(.new)

    init(_ transaction: Transaction) {
        self.transaction = transaction
    }

    /// Whether nobody waits for the outcome any more.
    var isSettled: Bool {
        state.withLock { if case .settled = $0 { true } else { false } }
    }

    /// Lets a caller wait; at once when the outcome is known already.
    func attach(_ continuation: CheckedContinuation<Outcome, Never>) {
        let outcome: Outcome? = state.withLock { state in
            if case .settled(let outcome) = state { return outcome }
            state = .waiting(continuation)
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Begins with the transaction; false when nobody waits for it any more.
    func take() -> Bool {
        state.withLock { state in
            switch state {
            case .waiting(let continuation), .taken(let continuation):
                state = .taken(continuation)
                return true
            case .new: return true
            case .settled: return false
            }
        }
    }

    /// Gives the place in the queue up, unless the bus has begun with the transaction.
    func withdraw() {
        let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            guard case .waiting(let continuation) = state else { return nil }
            state = .settled(.failure(.cancelled))
            return continuation
        }
        waiting?.resume(returning: .failure(.cancelled))
    }

    /// Settles the ticket; the first outcome counts.
    func settle(_ outcome: Outcome) {
        let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            switch state {
            case .new:
                state = .settled(outcome)
                return nil
            case .waiting(let continuation), .taken(let continuation):
                state = .settled(outcome)
                return continuation
            case .settled: return nil
            }
        }
        waiting?.resume(returning: outcome)
    }
}
