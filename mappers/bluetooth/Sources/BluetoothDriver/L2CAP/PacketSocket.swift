// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Dispatch
import Glibc
import Synchronization

/// Sends and receives whole packets over a socket that keeps their limits: L2CAP's, or one of a pair in a test.
///
/// Packets arrive on a queue of its own, one after the other. Nothing is ever received without having been announced:
/// some kernels hold a socket's lock while they wait in `recv`, and nothing arrives then.
final class PacketSocket: Sendable {
    /// What happens on a socket.
    enum Event: Sendable {
        case packet([UInt8])
        /// Nothing more will come; the system's error number, 0 when the other side just closed.
        case closed(CInt)
    }

    /// More than any packet of the attribute protocol has.
    private static let largestPacket = 1024
    /// How long a packet may wait for room, in milliseconds.
    private static let sendLimit: CInt = 1000

    private let descriptor: CInt
    /// What announces packets; `nil` once the socket is closed.
    private let source = Mutex<(any DispatchSourceRead)?>(nil)
    private let onEvent: @Sendable (Event) -> Void

    /// Takes over a connected socket, and makes it non-blocking.
    /// - Parameter onEvent: Called on the socket's queue once it is started; `closed` comes at most once, as the last.
    init(_ descriptor: CInt, onEvent: @escaping @Sendable (Event) -> Void) {
        self.descriptor = descriptor
        self.onEvent = onEvent
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    deinit { close() }

    /// Begins to receive.
    func start() {
        source.withLock { source in
            let new = DispatchSource.makeReadSource(
                fileDescriptor: descriptor,
                queue: DispatchQueue(label: "packets")
            )
            new.setEventHandler { [weak self] in self?.receiveAll() }
            new.setCancelHandler { [descriptor] in Glibc.close(descriptor) }
            new.resume()
            source = new
        }
    }

    /// Sends a packet.
    /// - Throws: the system's error; `EAGAIN` when there was no room for a second.
    func send(_ packet: [UInt8]) throws(BluetoothErrno) {
        try source.withLock { source throws(BluetoothErrno) in
            guard source != nil else { throw BluetoothErrno(ENOTCONN) }
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
        source.withLock { source in
            guard source != nil else { return nil }
            let other = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            return other < 0 ? nil : other
        }
    }

    /// Lets go of the socket; nobody is told.
    func close() {
        source.withLock { source in
            source?.cancel()
            source = nil
        }
    }

    private func receiveAll() {
        while let event = receive() {
            if case .closed = event { close() }
            onEvent(event)
        }
    }

    /// Takes one packet; `nil` when there is none.
    private func receive() -> Event? {
        guard source.withLock({ $0 != nil }) else { return nil }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.largestPacket) { buffer in
            let count = unsafe recv(descriptor, buffer.baseAddress, Self.largestPacket, CInt(MSG_DONTWAIT))
            if count > 0 { return .packet(unsafe Array(buffer.prefix(count))) }
            if count == 0 { return .closed(0) }
            return errno == EAGAIN || errno == EINTR ? nil : .closed(errno)
        }
    }
}
