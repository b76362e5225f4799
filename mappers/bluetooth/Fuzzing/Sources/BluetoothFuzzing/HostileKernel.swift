// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import Synchronization

@testable import BluetoothDriver

/// Plays the kernel at the other end of the control channel, and not by the book.
final class HostileKernel: Sendable {
    private let socket: PacketSocket

    /// Takes over one end of a pair of sockets.
    init(random: FuzzRandom, on descriptor: CInt) {
        let random = Mutex(random)
        let link = FuzzLink()
        socket = PacketSocket(descriptor) { event in
            guard case .packet(let packet) = event else { return }
            for answer in random.withLock({ Self.answers(to: packet, &$0) }) { link.send(answer) }
        }
        link.join(socket)
        socket.start()
    }

    func close() { socket.close() }

    private static func answers(to bytes: [UInt8], _ random: inout FuzzRandom) -> [[UInt8]] {
        guard let packet = MGMTPacket(bytes) else { return [] }
        let right = KernelPackets.answer(to: packet.code, index: packet.index, &random)
        switch random.number(0...20) {
        case 0: return []
        case 1: return [random.mutated(right)]
        case 2: return [right, right]
        case 3: return [KernelPackets.answer(to: packet.code, index: packet.index ^ 1, &random), right]
        case 4: return (0..<random.number(1...100)).map { _ in KernelPackets.event(&random) } + [right]
        case 5: return random.happens(10) ? [[]] : [right]
        case 6...9: return [KernelPackets.any(&random), right]
        default: return [right]
        }
    }
}
#endif
