// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import Synchronization

@testable import BluetoothDriver

/// Serves a peripheral's table and means no good: answers are changed, held back, repeated, and not asked for.
final class HostileServer: Sendable {
    private let mind: Mutex<HostileMind>
    private let socket: PacketSocket

    /// Takes over one end of a pair of sockets.
    init(random: FuzzRandom, on descriptor: CInt, creeps: Int) {
        mind = Mutex(HostileMind(random: random, creeps: creeps))
        let (link, relay) = (FuzzLink(), Relay())
        socket = PacketSocket(descriptor) { event in
            guard case .packet(let pdu) = event, let owner = relay.owner else { return }
            for answer in owner.answers(to: pdu) {
                guard let answer else { return link.close() }
                link.send(answer)
            }
        }
        link.join(socket)
        relay.join(self)
        socket.start()
    }

    deinit { socket.close() }

    /// What went over the wire.
    var record: WireRecord { mind.withLock(\.record) }

    func close() { socket.close() }

    private func answers(to pdu: [UInt8]) -> [[UInt8]?] { mind.withLock { $0.answers(to: pdu) } }

    /// Breaks the circle between a socket and its owner.
    private final class Relay: Sendable {
        private struct End: Sendable {
            weak var server: HostileServer?
        }

        private let end = Mutex(End())

        var owner: HostileServer? { end.withLock(\.server) }

        func join(_ server: HostileServer) { end.withLock { $0.server = server } }
    }
}
#endif
