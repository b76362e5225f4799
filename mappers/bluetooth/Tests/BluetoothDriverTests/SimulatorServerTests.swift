// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

@Suite("Simulator: over a socket", .timeLimit(.minutes(1)))
struct SimulatorServerTests {
    @Test("a client reads a value, and is told of another")
    func reading() throws {
        let (client, server) = try PacketPeer.pair()
        let simulator = try SimulatorServer(try SimulatorMake.peripheral(), on: server)
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        #expect(client.ask([0x12, 8, 0, 1, 0]) == [0x13])
        simulator.send(.set(SimulatorMake.level, [5]), to: try SimulatorMake.address())
        #expect(client.receive() == [0x1B, 7, 0, 5])
        #expect(simulator.peripherals.first?.isConnected == true)
    }

    @Test("a moving value arrives by itself")
    func moving() throws {
        let (client, server) = try PacketPeer.pair()
        var peripheral = try SimulatorMake.peripheral()
        peripheral.motions[SimulatorMake.level] = SimulatedMotion(
            course: .counter(from: 0, step: 1),
            interval: .milliseconds(20),
            byteCount: 1
        )
        let simulator = try SimulatorServer(peripheral, on: server)
        defer { simulator.stop() }
        #expect(client.ask([0x12, 8, 0, 1, 0]) == [0x13])
        let values = (0..<3).map { _ in client.receive().last ?? 0 }
        #expect(values == values.sorted())
        #expect(Set(values).count == 3)
    }

    @Test("the connection ends when the peripheral ends it")
    func ending() throws {
        let (client, server) = try PacketPeer.pair()
        let simulator = try SimulatorServer(try SimulatorMake.peripheral(), on: server)
        simulator.send(.lose, to: try SimulatorMake.address())
        #expect(client.receive() == [])
    }

    @Test("the connection ends when the simulator is let go")
    func letGo() throws {
        let (client, server) = try PacketPeer.pair()
        _ = try SimulatorServer(try SimulatorMake.peripheral(), on: server)
        #expect(client.receive() == [])
    }

    @Test("scripts write command lines into a pipe")
    func control() throws {
        let path = "/tmp/mapperkit-simulator-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        defer { unlink(path) }
        let (client, server) = try PacketPeer.pair()
        let simulator = try SimulatorServer(try SimulatorMake.peripheral(), on: server, controlPath: path)
        defer { simulator.stop() }
        #expect(client.ask([0x12, 8, 0, 1, 0]) == [0x13])
        let pipe = open(path, O_WRONLY)
        defer { close(pipe) }
        for text in ["nonsense\nset F0:02:03:04:05:01 2a19 0", "7\n"] { _ = write(pipe, text, text.utf8.count) }
        #expect(client.receive() == [0x1B, 7, 0, 7])
    }

    @Test("a pipe that cannot be made is told")
    func noControl() throws {
        let (client, server) = try PacketPeer.pair()
        #expect(throws: SimulatorProblem.self) {
            try SimulatorServer(try SimulatorMake.peripheral(), on: server, controlPath: "/nowhere/pipe")
        }
        #expect(client.receive() == [])
    }
}

/// Is the client's end of a socket of whole packets.
final class PacketPeer: Sendable {
    let descriptor: CInt

    init(_ descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Makes a client, and the descriptor of its server.
    static func pair() throws -> (PacketPeer, CInt) {
        var ends: [CInt] = [-1, -1]
        try #require(socketpair(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_CLOEXEC, 0, &ends) == 0)
        return (PacketPeer(ends[0]), ends[1])
    }

    func send(_ packet: [UInt8]) { _ = Glibc.send(descriptor, packet, packet.count, CInt(MSG_NOSIGNAL)) }

    /// Waits for a packet; empty at the end of the connection, or when none comes.
    func receive() -> [UInt8] {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 20_000) == 1 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(count, 0)))
    }

    func ask(_ packet: [UInt8]) -> [UInt8] {
        send(packet)
        return receive()
    }
}
