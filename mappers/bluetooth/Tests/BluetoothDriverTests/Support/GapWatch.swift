// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Measures the longest time between two events of a kind.
final class GapWatch: Sendable {
    private let state = Mutex((count: 0, last: Duration?.none, longest: Duration.zero))

    var count: Int { state.withLock(\.count) }
    var longest: Duration { state.withLock(\.longest) }

    func heard(at uptime: Duration) {
        state.withLock { state in
            state.count += 1
            if let last = state.last { state.longest = max(state.longest, uptime - last) }
            state.last = uptime
        }
    }
}
