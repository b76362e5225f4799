// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Collects what a device says by itself, as text.
final class NewsList: Sendable {
    private let state = Mutex((texts: [String](), firstTime: Int64?.none))

    var texts: [String] { state.withLock(\.texts) }
    /// When the first value was acquired, in milliseconds since 1970.
    var firstTime: Int64? { state.withLock(\.firstTime) }

    /// Waits until so much was said.
    func wait(for count: Int) async {
        while texts.count < count, !Task.isCancelled { await Task.yield() }
    }

    func add(_ news: DeviceNews) {
        state.withLock { state in
            switch news {
            case .sample(let property, let sample):
                state.texts.append("\(property) = \(sample.value.text)")
                state.firstTime = state.firstTime ?? sample.acquiredAt?.milliseconds
            case .lost(let error): state.texts.append("lost: \(error)")
            }
        }
    }
}
