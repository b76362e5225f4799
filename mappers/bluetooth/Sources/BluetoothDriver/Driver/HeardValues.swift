// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Keeps what a peripheral has sent by itself, the newest value of each attribute, and when it was heard at all.
final class HeardValues: Sendable {
    struct Value: Sendable {
        var octets: [UInt8]
        var time: Timestamp
        /// Whether it filled its packet, so that there may be more of it.
        var mayBeCut = false
    }

    private struct State {
        var values: [UInt16: Value] = [:]
        var last: Timestamp?
    }

    /// How many attributes' values are kept: more than peripherals have, fewer than one can make up handles for.
    static let capacity = 512

    private let state = Mutex(State())

    /// How many attributes' values are kept at the moment.
    var count: Int { state.withLock(\.values.count) }

    /// When the peripheral was heard last.
    var last: Timestamp? { state.withLock(\.last) }

    subscript(handle: UInt16) -> Value? { state.withLock { $0.values[handle] } }

    func hear(_ octets: [UInt8], of handle: UInt16, at time: Timestamp, mayBeCut: Bool = false) {
        state.withLock { state in
            state.last = time
            guard state.values.count < Self.capacity || state.values[handle] != nil else { return }
            state.values[handle] = Value(octets: octets, time: time, mayBeCut: mayBeCut)
        }
    }

    /// Notes an answer.
    func hear(at time: Timestamp) { state.withLock { $0.last = time } }

    /// Forgets a value that was overwritten: what the peripheral sent before is out of date.
    func forget(_ handle: UInt16) { state.withLock { $0.values[handle] = nil } }

    /// Forgets all values: their handles are other attributes' now.
    func forgetAll() { state.withLock { $0.values = [:] } }
}
