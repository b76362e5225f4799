// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Foundation
import Glibc
import Synchronization

@testable import ModbusDriver

/// Stands between a client and a device like a network that loses packets for a while.
///
/// While it holds, nothing passes. Afterwards what the client had sent arrives after all, as with a kernel that sends
/// again until it is heard, even after the client has closed. Only a reset makes a kernel give up what is not delivered.
final class HoldingRelay: Sendable {
    let address: BusAddress
    private let listener: CInt
    private let isHolding = Mutex(false)

    init(to port: Int) throws {
        let (listener, own) = try Loopback.listen()
        self.listener = listener
        address = .tcp(host: "127.0.0.1", port: own)
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { [self] in relay(client, port) }
            }
            close(listener)
        }
    }

    func hold(_ isHeld: Bool) { isHolding.withLock { $0 = isHeld } }
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func relay(_ client: CInt, _ port: Int) {
        defer { close(client) }
        guard let device = try? connect(port) else { return }
        defer { close(device) }
        while true {
            var entries = [client, device].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&entries, 2, 20) >= 0 else { return }
            var wasHeld = false
            while isHolding.withLock({ $0 }) {
                wasHeld = true
                usleep(10_000)
            }
            // Held bytes of a connection that was reset meanwhile are the ones a kernel would not have sent again.
            if wasHeld, isReset(client) { return }
            for (index, entry) in entries.enumerated() where entry.revents != 0 {
                var buffer = [UInt8](repeating: 0, count: 512)
                let count = read(entry.fd, &buffer, buffer.count)
                guard count > 0 else { return }
                _ = send(index == 0 ? device : client, buffer, count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    private func isReset(_ socket: CInt) -> Bool {
        var (error, length) = (Int32(0), socklen_t(4))
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length)
        return error != 0
    }

    private func connect(_ port: Int) throws -> CInt {
        let connector = SocketConnector(names: NameService(), stop: try StopSignal(), timeout: .seconds(5))
        let socket = try connector.connect(to: "127.0.0.1", port: port)
        _ = fcntl(socket, F_SETFL, 0)
        return socket
    }
}
