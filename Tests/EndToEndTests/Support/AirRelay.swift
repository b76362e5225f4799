// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Synchronization

/// Stands between a mapper and the socket of simulated Bluetooth devices, and keeps what the mapper sends.
final class AirRelay {
    let path: String
    private let listener: Int32
    private let packets = Mutexed([[UInt8]]())

    /// Relays to the socket at another path.
    init(_ path: String, to server: String) throws {
        self.path = path
        listener = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | O_CLOEXEC, 0)
        unlink(path)
        guard Self.call(bind, listener, path), listen(listener, 16) == 0 else {
            throw CocoaError(.fileReadUnknown)
        }
        let (listener, packets) = (listener, packets)
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { Self.relay(client, to: server, packets) }
            }
        }
    }

    deinit {
        // Ends the waiting in accept.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    /// How many PDUs of the attribute protocol with this code, and these bytes behind it, the mapper has sent.
    func count(of code: UInt8, ending end: [UInt8] = []) -> Int {
        packets.value.withLock { $0.count { $0.first == code && $0.suffix(end.count) == end[...] } }
    }

    private static func relay(_ client: Int32, to path: String, _ packets: Mutexed<[[UInt8]]>) {
        defer { close(client) }
        let server = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | O_CLOEXEC, 0)
        defer { close(server) }
        guard call(connect, server, path) else { return }
        var entries = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&entries, 2, -1) > 0 {
            if entries[0].revents != 0 {
                guard let packet = pass(from: client, to: server) else { return }
                packets.value.withLock { $0.append(packet) }
            }
            if entries[1].revents != 0, pass(from: server, to: client) == nil { return }
        }
    }

    /// Passes on what has come; `nil` when the connection is over.
    private static func pass(from source: Int32, to sink: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let length = recv(source, &buffer, buffer.count, 0)
        guard length > 0, send(sink, buffer, length, Int32(MSG_NOSIGNAL)) == length else { return nil }
        return Array(buffer.prefix(length))
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32,
        _ descriptor: Int32,
        _ path: String
    ) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
