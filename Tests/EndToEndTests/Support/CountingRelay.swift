// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Synchronization

/// Stands between a client and a TCP server, passes everything on, and counts what the client asks.
final class CountingRelay {
    private struct Seen {
        var requests = 0
        var writes: [RegisterWrite] = []
    }

    let port: UInt16
    private let socket: LoopbackSocket
    private let seen = Mutexed(Seen())

    /// Relays to a port of this machine.
    init(to server: UInt16) throws {
        socket = try LoopbackSocket()
        port = try socket.bindToAnyPort()
        guard listen(socket.descriptor, 16) == 0 else { throw CocoaError(.fileReadUnknown) }
        // Whoever still accepts must have the socket: its number would soon be another one's.
        let (socket, seen) = (socket, seen)
        Thread.detachNewThread {
            while true {
                let client = accept(socket.descriptor, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { Self.relay(client, to: server, seen) }
            }
        }
    }

    deinit {
        // Ends the waiting in accept.
        shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }

    /// How many requests there were; a Modbus client sends each one in one piece and waits for its answer.
    var requests: Int { seen.value.withLock(\.requests) }

    /// The single registers that were set, in order, as the server was asked to.
    var writes: [RegisterWrite] { seen.value.withLock(\.writes) }

    private static func relay(_ client: Int32, to port: UInt16, _ seen: Mutexed<Seen>) {
        defer { close(client) }
        guard let server = try? LoopbackSocket(), server.connect(to: port) else { return }
        var entries = [client, server.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&entries, 2, -1) > 0 {
            if entries[0].revents != 0 {
                guard let request = pass(from: client, to: server.descriptor) else { return }
                seen.value.withLock { seen in
                    seen.requests += 1
                    if let write = RegisterWrite(request: request) { seen.writes.append(write) }
                }
            }
            if entries[1].revents != 0 {
                guard pass(from: server.descriptor, to: client) != nil else { return }
            }
        }
    }

    /// Passes on what has come; `nil` when the connection is over.
    private static func pass(from source: Int32, to sink: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let length = recv(source, &buffer, buffer.count, 0)
        guard length > 0, send(sink, buffer, length, Int32(MSG_NOSIGNAL)) == length else { return nil }
        return Array(buffer.prefix(length))
    }
}
