// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import MapperTesting
import Synchronization

@testable import BluetoothDriver

/// Is the other end of a link: answers each PDU as a test says, and keeps what came.
final class ScriptedPeer: Sendable {
    private let socket: PacketSocket
    private let packets = Mutex<[[UInt8]]>([])
    /// The end to be given to whoever is tested.
    let other: CInt

    /// - Parameter answer: What is sent when a PDU comes; called in order.
    init(_ answer: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }) throws {
        var pair: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_CLOEXEC, 0, &pair) == 0 else {
            throw BluetoothErrno.last
        }
        other = pair[1]
        let relay = Relay()
        socket = PacketSocket(pair[0]) { event in relay.handle(event) }
        relay.body.withLock { body in
            body = { [weak self] event in
                guard let self, case .packet(let packet) = event else { return }
                packets.withLock { $0.append(packet) }
                for reply in answer(packet) { try? socket.send(reply) }
            }
        }
        socket.start()
    }

    deinit { socket.close() }

    /// What came, oldest first.
    var received: [[UInt8]] { packets.withLock { $0 } }

    func send(_ packet: [UInt8]) throws { try socket.send(packet) }

    func close() { socket.close() }
}

/// Breaks the circle between a socket and its owner.
private final class Relay: Sendable {
    let body = Mutex<(@Sendable (PacketSocket.Event) -> Void)?>(nil)

    func handle(_ event: PacketSocket.Event) { body.withLock { $0 }?(event) }
}
