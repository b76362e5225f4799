// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Is a switch that threads share.
final class Flag: Sendable {
    private let state: Mutex<Bool>

    init(_ value: Bool = false) { state = Mutex(value) }

    var value: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }

    func lower() { state.withLock { $0 = false } }
}

/// Counts down.
final class Counter: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func set(_ count: Int) { left.withLock { $0 = count } }

    /// Takes one; false when there is none.
    func takeOne() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
