// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a transaction brought no answer.
enum BusFault: Error, Hashable, Sendable {
    /// The way to the unit cannot be opened; nothing was sent.
    case unreachable(String)
    /// The unit did not answer within the time given.
    case timedOut(Duration)
    /// The connection broke after the request was sent.
    case disconnected(String)
    /// Something answered, but not to this request.
    case malformed(String)
    /// The caller does not want the answer any more.
    case cancelled
    /// Too many transactions are waiting already; nothing was sent.
    case overloaded(Int)

    /// Whether the unit may have done what it was told: only what was never sent has surely not been done.
    var mayHaveBeenExecuted: Bool {
        switch self {
        case .unreachable, .overloaded: false
        case .timedOut, .disconnected, .malformed, .cancelled: true
        }
    }

    /// Whether asking once more may bring the answer at once.
    var isWorthARetry: Bool {
        switch self {
        case .timedOut, .malformed: true
        case .unreachable, .disconnected, .cancelled, .overloaded: false
        }
    }
}
