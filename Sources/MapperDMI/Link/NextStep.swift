// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// What the task that talks to EdgeCore has to do next.
enum NextStep: Sendable {
    /// Send a request.
    case send(Parcel)
    /// Wait for something to happen, at most until a moment.
    case wait(until: Duration?)
}
