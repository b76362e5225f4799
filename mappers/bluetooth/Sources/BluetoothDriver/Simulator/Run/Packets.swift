// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Moves whole packets through a descriptor that does not block.
enum Packets {
    /// Longer than any packet of the host, and than any PDU.
    private static let capacity = 4096

    /// Takes a packet: empty at the end of the connection, `nil` when there is none now.
    static func read(_ descriptor: CInt) -> [UInt8]? {
        var count = 0
        var bytes = [UInt8](repeating: 0, count: capacity)
        repeat { count = unsafe Glibc.read(descriptor, &bytes, capacity) } while count < 0 && errno == EINTR
        if count >= 0 { return Array(bytes.prefix(count)) }
        return errno == EAGAIN ? nil : []
    }

    /// Sends a packet; false when the other side is gone.
    static func write(_ packet: [UInt8], to descriptor: CInt) -> Bool {
        while true {
            // Not write: a socket without a reader would end the process with a signal.
            var count = unsafe send(descriptor, packet, packet.count, CInt(MSG_NOSIGNAL))
            if count < 0, errno == ENOTSOCK { count = unsafe Glibc.write(descriptor, packet, packet.count) }
            if count >= 0 { return true }
            guard errno == EINTR || errno == EAGAIN else { return false }
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if unsafe poll(&entry, 1, 1000) == 0 { return false }
        }
    }
}
