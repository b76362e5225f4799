// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Ends a `poll` in another thread.
@safe final class WakePipe: Sendable {
    /// Readable once somebody has called ``wake()``; -1 when the system has no descriptor left.
    let descriptor: CInt
    private let writer: CInt

    init() {
        var ends: [CInt] = [-1, -1]
        _ = unsafe pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (descriptor, writer) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// Makes the descriptor readable; a pipe that is full already is.
    func wake() {
        let byte: [UInt8] = [0]
        _ = unsafe write(writer, byte, 1)
    }
}
