// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Notes signals that would end the program, so that it can tidy up before.
struct Interruption {
    /// The last one, 0 for none; a handler can do no more than set it.
    private static let noted = Atomic<Int32>(0)

    /// Begins to note them.
    init() {
        // Made now: a handler is no place for that.
        Self.noted.store(0, ordering: .relaxed)
        for number in [SIGHUP, SIGINT, SIGTERM] {
            _ = Glibc.signal(number) { Self.noted.store($0, ordering: .relaxed) }
        }
    }

    /// The signal that came; `nil` when none did.
    var signal: Int32? {
        let number = Self.noted.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
