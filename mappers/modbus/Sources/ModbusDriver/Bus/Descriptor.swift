// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Reads and waits on an open file descriptor that somebody else owns.
struct Descriptor {
    let number: CInt

    /// Gives a descriptor a high number, and leaves the low ones to code that waits with `select`, libmodbus's for one.
    /// - Returns: the number to use from now on; the same where the process may not open so many files.
    static func moveUp(_ descriptor: CInt) -> CInt {
        guard descriptor >= 0 else { return descriptor }
        let higher = fcntl(descriptor, F_DUPFD_CLOEXEC, 1024)
        guard higher >= 0 else { return descriptor }
        close(descriptor)
        return higher
    }

    /// What ended a waiting.
    enum Event {
        case nothing
        case readable
        /// The other end is gone.
        case closed
        /// The bus is to stop.
        case stopped
    }

    /// Waits for bytes.
    func wait(atMost time: Duration, orUntil stop: StopSignal) -> Event {
        var entries = (
            pollfd(fd: number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
        )
        let count = unsafe withUnsafeMutableBytes(of: &entries) { bytes in
            unsafe modbus_poll(
                bytes.assumingMemoryBound(to: pollfd.self).baseAddress,
                2,
                max(time.microseconds, 0) * 1000
            )
        }
        // A signal ends the waiting early; whoever waits looks at the clock anyway.
        guard count > 0 else { return .nothing }
        if entries.1.revents != 0 { return .stopped }
        if entries.0.revents & Int16(POLLIN) != 0, entries.0.revents & Int16(POLLHUP) == 0 { return .readable }
        return entries.0.revents == 0 ? .nothing : .closed
    }

    /// Waits until a connection has come about or failed.
    func waitForConnection(atMost time: Duration, orUntil stop: StopSignal) -> Event {
        var entries = (
            pollfd(fd: number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
        )
        let count = unsafe withUnsafeMutableBytes(of: &entries) { bytes in
            unsafe modbus_poll(
                bytes.assumingMemoryBound(to: pollfd.self).baseAddress,
                2,
                max(time.microseconds, 0) * 1000
            )
        }
        guard count > 0 else { return .nothing }
        return entries.1.revents != 0 ? .stopped : .readable
    }

    /// Reads what has arrived; `nil` when nothing can come any more.
    func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = unsafe read(number, &buffer, buffer.count)
        if count > 0 { return Array(buffer.prefix(count)) }
        guard count < 0, errno == EAGAIN || errno == EINTR else { return nil }
        return []
    }

    /// Takes what has arrived, without waiting; empty when nothing has.
    /// - Throws: the error, or number 0 when the other end has closed.
    func take(isTerminal: Bool = false) throws(SystemError) -> [UInt8] {
        let (bytes, count) = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
            let count =
                isTerminal
                ? unsafe read(number, buffer.baseAddress, 512)
                : unsafe recv(number, buffer.baseAddress, 512, CInt(MSG_DONTWAIT))
            return (count > 0 ? unsafe Array(buffer.prefix(count)) : [], count)
        }
        if count > 0 { return bytes }
        if count == 0 {
            // A terminal without bytes looks like one that was closed.
            if isTerminal { return [] }
            throw SystemError(0)
        }
        let error = SystemError.last
        guard error.number == EAGAIN || error.number == EINTR else { throw error }
        return []
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

    /// Makes closing throw away what the kernel has not delivered yet.
    func discardOnClose() {
        set(SO_LINGER, of: SOL_SOCKET, to: linger(l_onoff: 1, l_linger: 0))
    }
}
