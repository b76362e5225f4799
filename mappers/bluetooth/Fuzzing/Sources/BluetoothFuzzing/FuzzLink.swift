// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import Synchronization

@testable import BluetoothDriver

/// Lets what a socket calls send through that socket, without keeping it.
final class FuzzLink: Sendable {
    private struct End: Sendable {
        weak var socket: PacketSocket?
    }

    private let end = Mutex(End())

    func join(_ socket: PacketSocket) { end.withLock { $0.socket = socket } }

    /// Sends a packet; what does not arrive is lost.
    func send(_ packet: [UInt8]) {
        let socket = end.withLock(\.socket)
        try? socket?.send(packet)
    }

    func close() { end.withLock(\.socket)?.close() }
}
#endif
