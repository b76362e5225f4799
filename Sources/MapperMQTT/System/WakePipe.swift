// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Wakes a thread that waits in `poll`, from any other thread.
@safe final class WakePipe: Sendable {
    /// Readable after ``wake()``, for `poll`.
    let descriptor: CInt
    private let writingDescriptor: CInt

    init() throws(MQTTError) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw MQTTError(.systemFailure, "no pipe: \(SystemErrors.text(errno))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        descriptor = ends[0]
        writingDescriptor = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingDescriptor)
    }

    /// Makes the descriptor readable; a pipe that is full already is.
    func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(writingDescriptor, &byte, 1)
    }

    /// Makes the descriptor unreadable again.
    func drain() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while unsafe read(descriptor, &bytes, bytes.count) == bytes.count {}
    }
}
