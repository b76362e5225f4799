// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Keeps the file of a socket over the end of its server, which would remove it.
struct StaleSocket {
    private let path: String
    private let spare: String

    /// Remembers the file as it is now.
    init(_ path: String) {
        self.path = path
        spare = path + ".stale"
        unlink(spare)
        link(path, spare)
    }

    /// Puts the file back; nobody listens behind it.
    func leaveBehind() { rename(spare, path) }
}
