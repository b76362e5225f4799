// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how a call ended.
enum CallEnd<Value: Sendable>: Sendable {
    /// It returned.
    case returned(Value)
    /// It threw.
    case threw(any Error)
    /// It has not returned in time, and still runs.
    case hung
}
