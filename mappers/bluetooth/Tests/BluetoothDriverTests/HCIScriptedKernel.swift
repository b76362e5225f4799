// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Dispatch
import Glibc
import Synchronization
import Testing

/// Plays the kernel at the other end of a socket: keeps what arrives, and answers by a script.
final class HCIScriptedKernel: Sendable {
    /// The end that the program under test takes, and closes.
    let client: CInt
    private let server: CInt
    private let queue = DispatchQueue(label: "scripted kernel")
    private let packets: AsyncStream<[UInt8]>
    private let source: Mutex<(any DispatchSourceRead)?>

    /// Creates a kernel that answers each packet with some others.
    init(_ answers: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }) throws {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_SEQPACKET.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
        let (client, server) = (ends[0], ends[1])
        (self.client, self.server) = (client, server)
        let (packets, feed) = AsyncStream.makeStream(of: [UInt8].self)
        self.packets = packets
        source = Mutex(DispatchSource.makeReadSource(fileDescriptor: server, queue: queue))
        source.withLock { source in
            source?.setEventHandler { [weak self] in
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = recv(server, &buffer, buffer.count, CInt(MSG_DONTWAIT))
                if count < 0, errno == EAGAIN { return }
                guard count > 0 else {
                    feed.finish()
                    self?.stop()
                    return
                }
                let packet = Array(buffer.prefix(count))
                for answer in answers(packet) { Self.send(answer, server) }
                feed.yield(packet)
            }
            source?.setCancelHandler { _ = Glibc.close(server) }
            source?.activate()
        }
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
    func stop() {
        source.withLock { source in
            source?.cancel()
            source = nil
        }
    }
}
