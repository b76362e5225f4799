// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Synchronization
import Testing

@testable import BluetoothDriver

/// Connects to a peripheral that is BlueZ's own, served by bluetoothd behind BlueZ's emulated adapters; run by
/// `mappers/bluetooth/Tests/VM/bluez-peer`, which says where they are.
///
/// Nothing of the peripheral was written here, so that this side cannot be right only together with the simulator's
/// mistakes; pairing is done by a kernel on both sides.
@Suite(
    "BlueZ's peripheral",
    .enabled(if: getenv("BLUEZ_PEER") != nil, "needs mappers/bluetooth/Tests/VM/bluez-peer"),
    .serialized,
    .timeLimit(.minutes(2))
)
struct BlueZPeerVMTests {
    private static let visitors: [(name: String, visitor: ConfigNode)] = [
        ("level", ["characteristicUUID": "2A19", "dataType": "uint8"]),
        ("temperature", ["characteristicUUID": "2A6E", "dataType": "int16"]),
    ]

    private let clock = SystemClock()
    private let peer: Peer
    private let adapter: Adapter

    /// Switches the adapter on as a mapper does: through the control channel, as the kernel pairs on no other.
    init() async throws {
        peer = Peer(address: try Self.address(in: "BLUEZ_PEER"), kind: .public)
        let own = try Self.address(in: "BLUEZ_CLIENT")
        adapter = try await Adapter.find("\(own)", on: try ManagementSocket.open(clock: clock), clock: clock)
        try await adapter.powerOn()
    }

    private static func address(in variable: String) throws -> BluetoothAddress {
        let text = try #require(getenv(variable).map { String(cString: $0) })
        return try #require(BluetoothAddress(text))
    }

    private func connect() async throws -> CInt {
        try await L2CAPSocket.connect(to: peer.address, peer.kind, from: adapter.address, within: .seconds(20))
    }

    @Test("it is found by name; its values are read, written, read back and sent")
    func values() async throws {
        let found = try await adapter.discover(for: .seconds(20)) { $0.peer.address == peer.address }
        #expect(found.contains { $0.peer == MGMTAddress(address: peer.address, form: .lowEnergyPublic) })
        let bench = try await SessionBench(connect(), to: peer, Self.visitors)
        #expect(try await bench.texts("level") == ["87"])
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        try await bench.session.write(.int(42), to: bench.visitor("level"))
        #expect(try await bench.texts("level") == ["42"])
        // bluetoothctl sends what is written to whoever has subscribed.
        var heard = news.stream.makeAsyncIterator()
        guard case .sample("level", let sample)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(sample.value == .int(42))
        try await bench.session.write(.int(87), to: bench.visitor("level"))
        await bench.session.close()
    }

    /// The kernel asks a program even for a pairing without any proof; the link is not encrypted before the peripheral
    /// has refused, and the request has to be made again.
    @Test("a protected value is read after pairing, and without pairing again by who has the key")
    func pairing() async throws {
        let stranger = try await reading(as: PairingAgent(rules: [peer.address: .justWorks]))
        #expect(stranger.contains { if case .accept(.confirm) = $0 { true } else { false } })
        var keys = KeyRing()
        for decision in stranger { _ = keys.apply(decision) }
        #expect(Set(keys.longTermKeys.map(\.peer.address)) == [peer.address])
        // As after a restart of the machine: the kernel knows no key but those in the file.
        try await adapter.load(KeyRing())
        try await adapter.cycle()
        try await adapter.load(keys)
        let friend = try await reading(as: PairingAgent(rules: [:]))
        #expect(friend.filter { $0.command != nil } == [])
    }

    /// Reads the protected value on a connection of its own; gives what was decided about pairing meanwhile.
    private func reading(as agent: PairingAgent) async throws -> [PairingDecision] {
        let decisions = Collected()
        let (began, feed) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await adapter.answerPairing(agent, began: { feed.yield() }) { decision, error in
                    #expect(error == nil)
                    decisions.add(decision)
                }
            }
            for await _ in began { break }
            let ends = adapter.management.events { if case .deviceDisconnected = $0.event { true } else { false } }
            let descriptor = try await connect()
            let bench = try await SessionBench(descriptor, to: peer, Self.visitors)
            #expect(try await bench.texts("temperature") == ["2500"])
            #expect(try L2CAPSocket.security(of: descriptor) >= .medium)
            await bench.session.close()
            // The kernel keeps a link for two seconds, and hands out keys when it likes.
            for await _ in ends { break }
            group.cancelAll()
            return decisions.all
        }
    }

    private final class Collected: Sendable {
        private let decisions = Mutex<[PairingDecision]>([])
        var all: [PairingDecision] { decisions.withLock(\.self) }
        func add(_ decision: PairingDecision) { decisions.withLock { $0.append(decision) } }
    }
}
