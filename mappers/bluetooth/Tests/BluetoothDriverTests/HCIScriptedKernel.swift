// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

/// Plays the kernel at the other end of a socket: keeps what arrives, and answers by a script.
final class HCIScriptedKernel: Sendable {
    /// The end that the program under test takes, and closes.
    let client: CInt
    private let server: CInt
    private let packets: AsyncStream<[UInt8]>
    private let socket: PacketSocket

    /// Creates a kernel that answers each packet with some others.
    init(_ answers: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }) throws {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_SEQPACKET.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
        let server = ends[1]
        (client, self.server) = (ends[0], server)
        let (packets, feed) = AsyncStream.makeStream(of: [UInt8].self)
        self.packets = packets
        socket = PacketSocket(server, largestPacket: 4096) { event in
            switch event {
            case .packet(let packet):
                for answer in answers(packet) { Self.send(answer, server) }
                feed.yield(packet)
            case .closed: feed.finish()
            }
        }
        socket.start()
    }

    deinit { stop() }

    private static func send(_ packet: [UInt8], _ server: CInt) {
        _ = Glibc.send(server, packet, packet.count, CInt(MSG_NOSIGNAL))
    }

    func send(_ packet: [UInt8]) { Self.send(packet, server) }

    /// The next packet that arrives; `nil` once the other end has closed.
    func next() async -> [UInt8]? {
        for await packet in packets { return packet }
        return nil
    }

    /// Closes the kernel's end.
    func stop() { socket.close() }
}
