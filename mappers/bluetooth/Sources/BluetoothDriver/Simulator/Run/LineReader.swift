// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Dispatch
import Glibc

/// Hands out the lines of a descriptor, such as standard input, as they come; ends with it.
enum LineReader {
    /// Reads on a thread of its own until the descriptor, or the one who listens, ends.
    ///
    /// The descriptor stays open. A process in the background must not touch its terminal, which would stop it: it gets no lines.
    static func lines(of descriptor: CInt) -> AsyncStream<String> {
        let (lines, feed) = AsyncStream.makeStream(of: String.self)
        let wake = WakePipe()
        feed.onTermination = { _ in wake.wake() }
        DispatchQueue(label: "mapperkit.bluetooth.lines").async {
            read(descriptor, until: wake) { feed.yield($0) }
            feed.finish()
        }
        return lines
    }

    private static func read(_ descriptor: CInt, until wake: WakePipe, _ take: (String) -> Void) {
        var pending: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 1024)
        while true {
            var entries = [descriptor, wake.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard unsafe poll(&entries, 2, -1) > 0 || errno == EINTR, entries[1].revents == 0 else { return }
            guard entries[0].revents != 0, isOurs(descriptor) else {
                if entries[0].revents != 0 { return }
                continue
            }
            let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
            guard count > 0 else {
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                return
            }
            pending += bytes.prefix(count)
            while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                take(String(decoding: pending[..<end], as: UTF8.self))
                pending.removeFirst(end + 1)
            }
        }
    }

    private static func isOurs(_ descriptor: CInt) -> Bool {
        isatty(descriptor) == 0 || tcgetpgrp(descriptor) == getpgrp()
    }
}
