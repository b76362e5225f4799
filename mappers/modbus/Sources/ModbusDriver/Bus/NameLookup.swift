// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is one question to the resolver, for which any number of buses may wait.
final class NameLookup: Sendable {
    /// Raised when the answer is there.
    let end: StopSignal
    private let result = Mutex<Result<[SocketAddress], BusFault>?>(nil)

    init() throws(DeviceError) {
        end = try StopSignal()
    }

    /// The answer; `nil` while the resolver works.
    var answer: Result<[SocketAddress], BusFault>? { result.withLock { $0 } }

    func finish(with answer: Result<[SocketAddress], BusFault>) {
        result.withLock { $0 = answer }
        end.raise()
    }
}
