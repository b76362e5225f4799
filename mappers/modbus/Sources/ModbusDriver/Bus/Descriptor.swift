// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads and waits on an open file descriptor that somebody else owns.
struct Descriptor {
    let number: CInt

    /// What became of bytes nobody asked for.
    enum Drained: Equatable {
        case nothing
        case bytes(Int)
        case closed(SystemError?)
    }

    /// Throws away what has arrived, without waiting.
    func drain() -> Drained {
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            let count = unsafe read(number, &buffer, buffer.count)
            if count > 0 {
                total += count
                // A peer that never stops must not hold the bus.
                guard total < 64 * 1024 else { return .bytes(total) }
                continue
            }
            let error = SystemError.last
            if count == 0 { return .closed(nil) }
            if error.number == EINTR { continue }
            if error.number == EAGAIN { return total == 0 ? .nothing : .bytes(total) }
            return .closed(error)
        }
    }

    /// Reads what has arrived; `nil` when nothing can come any more.
    func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = unsafe read(number, &buffer, buffer.count)
        if count > 0 { return Array(buffer.prefix(count)) }
        guard count < 0, errno == EAGAIN || errno == EINTR else { return nil }
        return []
    }

    /// Waits for bytes; true when there are some.
    func waitForBytes(atMost time: Duration) -> Bool {
        var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, CInt(clamping: max(time.milliseconds, 0))) > 0
    }

    /// Sends all bytes of a small message; a full buffer counts as a broken connection.
    func send(_ bytes: [UInt8]) throws(SystemError) {
        let count = unsafe Glibc.send(number, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        guard count >= 0 else { throw .last }
        guard count == bytes.count else { throw SystemError(EAGAIN) }
    }

    func set<Value>(_ option: CInt, of level: CInt, to value: Value) {
        _ = unsafe withUnsafeBytes(of: value) { bytes in
            unsafe setsockopt(number, level, option, bytes.baseAddress, socklen_t(bytes.count))
        }
    }
}
