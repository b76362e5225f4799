// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Dispatch
import Glibc
import Synchronization

/// Sends and receives whole packets over a socket that keeps their limits: L2CAP's, HCI's, or one of a pair in a test.
///
/// A thread of its own waits for packets with `poll`. Nothing is ever received without having been announced, as some
/// kernels hold a socket's lock while they wait in `recv`, and nothing arrives then. libdispatch's sources are not used:
/// links that break under their hands have been seen to crash them.
final class PacketSocket: Sendable {
    /// What happens on a socket.
    enum Event: Sendable {
        case packet([UInt8])
        /// Nothing more will come; the system's error number, 0 when the other side just closed.
        case closed(CInt)
    }

    /// More than any packet of the attribute protocol has.
    private static let usualSize = 1024
    /// How long a packet may wait for room, in milliseconds.
    private static let sendLimit: CInt = 1000

    private let descriptor: CInt
    private let largestPacket: Int
    private let isOpen = Mutex(true)
    private let stop = WakePipe()
    private let onEvent: @Sendable (Event) -> Void

    /// Takes over a connected socket, and makes it non-blocking.
    /// - Parameters:
    ///   - largestPacket: Room for a packet; a longer one comes shortened.
    ///   - onEvent: Called on the socket's thread once it is started; `closed` comes at most once, as the last.
    init(
        _ descriptor: CInt,
        largestPacket: Int = usualSize,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        self.largestPacket = largestPacket
        self.descriptor = descriptor
        self.onEvent = onEvent
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    /// Begins to receive; the thread keeps the socket until it is closed, by whichever side.
    func start() {
        // A queue of its own has a thread of its own.
        DispatchQueue(label: "packets").async { [self] in
            let end = receiveAll()
            isOpen.withLock { $0 = false }
            Glibc.close(descriptor)
            if let end { onEvent(.closed(end)) }
        }
    }

    /// Sends a packet.
    /// - Throws: the system's error; `EAGAIN` when there was no room for a second.
    func send(_ packet: [UInt8]) throws(BluetoothErrno) {
        try isOpen.withLock { isOpen throws(BluetoothErrno) in
            guard isOpen else { throw BluetoothErrno(ENOTCONN) }
            var result = unsafe Glibc.send(descriptor, packet, packet.count, CInt(MSG_NOSIGNAL))
            if result < 0, errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&entry, 1, Self.sendLimit)
                result = unsafe Glibc.send(descriptor, packet, packet.count, CInt(MSG_NOSIGNAL))
            }
            guard result >= 0 else { throw .last }
        }
    }

    /// Gives another descriptor of the socket, which is the caller's; `nil` when it is closed.
    func duplicate() -> CInt? {
        isOpen.withLock { isOpen in
            let other = isOpen ? fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1
            return other < 0 ? nil : other
        }
    }

    /// Sets an option of the socket, unless it is closed.
    func withDescriptor(_ body: (CInt) -> Void) {
        isOpen.withLock { if $0 { body(descriptor) } }
    }

    /// Lets go of the socket, soon; nobody is told.
    func close() {
        isOpen.withLock { $0 = false }
        stop.wake()
    }

    // MARK: On the thread

    /// Passes on what comes, until there is no more.
    /// - Returns: why not; `nil` when the socket was closed here.
    private func receiveAll() -> CInt? {
        while true {
            var entries = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            _ = unsafe poll(&entries, 2, -1)
            while let event = receive() {
                guard isOpen.withLock({ $0 }) else { return nil }
                switch event {
                case .packet: onEvent(event)
                case .closed(let number): return number
                }
            }
            if entries[1].revents != 0 { return nil }
        }
    }

    /// Takes one packet; `nil` when there is none.
    private func receive() -> Event? {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: largestPacket) { buffer in
            let count = unsafe recv(descriptor, buffer.baseAddress, largestPacket, CInt(MSG_DONTWAIT))
            if count > 0 { return .packet(unsafe Array(buffer.prefix(count))) }
            if count == 0 { return .closed(0) }
            return errno == EAGAIN || errno == EINTR ? nil : .closed(errno)
        }
    }
}
