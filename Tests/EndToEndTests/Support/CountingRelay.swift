// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Stands between a client and a TCP server, passes everything on, and counts what the client asks.
final class CountingRelay {
    let port: UInt16
    private let socket: LoopbackSocket
    private let count = Mutexed(0)

    /// Relays to a port of this machine.
    init(to server: UInt16) throws {
        socket = try LoopbackSocket()
        port = try socket.bindToAnyPort()
        guard listen(socket.descriptor, 16) == 0 else { throw CocoaError(.fileReadUnknown) }
        let (descriptor, count) = (socket.descriptor, count)
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { Self.relay(client, to: server, count) }
            }
        }
    }

    deinit {
        // Ends the waiting in accept.
        shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }

    /// How many requests there were; a Modbus client sends each one in one piece and waits for its answer.
    var requests: Int { count.value.withLock(\.self) }

    private static func relay(_ client: Int32, to port: UInt16, _ count: Mutexed<Int>) {
        defer { close(client) }
        guard let server = try? LoopbackSocket(), server.connect(to: port) else { return }
        var entries = [client, server.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&entries, 2, -1) > 0 {
            if entries[0].revents != 0 {
                guard pass(from: client, to: server.descriptor) else { return }
                count.value.withLock { $0 += 1 }
            }
            if entries[1].revents != 0 {
                guard pass(from: server.descriptor, to: client) else { return }
            }
        }
    }

    /// Passes on what has come; false when the connection is over.
    private static func pass(from source: Int32, to sink: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let length = recv(source, &buffer, buffer.count, 0)
        return length > 0 && send(sink, buffer, length, Int32(MSG_NOSIGNAL)) == length
    }
}
