// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Names a socket's file so that one made anew at the same path is another one.
struct SocketFile: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let changed: [Int64]

    /// Whether it is the same file, whatever was done to its rights.
    func isSame(as other: SocketFile?) -> Bool { device == other?.device && inode == other?.inode }

    /// The file at a path; `nil` when there is none, or no socket.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        // File systems give numbers of removed files to new ones.
        changed = [Int64(status.st_ctim.tv_sec), Int64(status.st_ctim.tv_nsec)]
    }
}
