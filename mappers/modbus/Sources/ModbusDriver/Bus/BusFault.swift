// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a transaction brought no answer.
enum BusFault: Error, Hashable, Sendable {
    /// The way to the unit cannot be opened.
    case unreachable(String)
    /// The unit did not answer within the time given.
    case timedOut(Duration)
    /// The connection broke.
    case disconnected(String)
    /// Something answered, but not to this request.
    case malformed(String)
    /// The caller does not want the answer any more.
    case cancelled
    /// Too many transactions are waiting already.
    case overloaded(Int)

    /// Whether a new connection may help.
    var breaksConnection: Bool {
        switch self {
        case .disconnected, .unreachable: true
        case .timedOut, .malformed, .cancelled, .overloaded: false
        }
    }
}
