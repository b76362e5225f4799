// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a pause of the task that talks to EdgeCore.
struct SendingPause: Sendable {
    /// When it ends by itself; `nil` when there is nothing to send.
    var until: Duration?
    /// When the limit allows the next request.
    var allowed: Duration

    /// Whether something that may go from a moment on can go before the pause ends by itself.
    func isTooLong(for moment: Duration) -> Bool {
        guard let until else { return true }
        return max(moment, allowed) < until
    }
}
