// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Passes on that an adapter was lost, to somebody who is made after the one that finds out.
final class LossSignal: Sendable {
    private let told: Mutex<(@Sendable () -> Void)?> = Mutex(nil)

    func onTell(_ action: @escaping @Sendable () -> Void) { told.withLock { $0 = action } }

    func tell() { told.withLock(\.self)?() }
}
