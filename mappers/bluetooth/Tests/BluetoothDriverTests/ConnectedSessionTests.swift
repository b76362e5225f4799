// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import MapperTesting
import Synchronization
import Testing

@testable import BluetoothDriver

@Suite("A connected peripheral", .timeLimit(.minutes(1)))
struct ConnectedSessionTests {
    /// A peripheral at the other end of a pair of sockets, and the session with it.
    private func bench(
        _ change: (inout SimulatedPeripheral) -> Void = { _ in },
        responseTimeout: Int = 5000
    ) async throws -> (SimulatorServer, SessionBench) {
        var pair: [CInt] = [-1, -1]
        try #require(socketpair(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_CLOEXEC, 0, &pair) == 0)
        var peripheral = try SimulatorMake.peripheral()
        change(&peripheral)
        let server = try SimulatorServer(peripheral, on: pair[0])
        return (server, try await SessionBench(pair[1], to: peripheral, responseTimeout: responseTimeout))
    }

    @Test("what is there is read, what is not says why, and each leaves the others alone")
    func reading() async throws {
        let (server, bench) = try await bench()
        defer { server.stop() }
        let texts = try await bench.texts("level", "main", "setpoint", "low", "long", "absent")
        #expect(texts.prefix(4) == ["87", "87", "513", "1"])
        #expect(texts[4].hasPrefix("00010203") && texts[4].count == 200)
        #expect(
            texts[5]
                == "property 'absent' of F0:02:03:04:05:01 (random): the peripheral has no characteristic 2a00"
        )
        await bench.session.close()
    }

    @Test("what the peripheral has sent is not given after closing")
    func closed() async throws {
        let (server, bench) = try await bench()
        defer { server.stop() }
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        server.send(.set(SimulatorMake.alarm, [9]), to: try SimulatorMake.address())
        for await case .sample in news.stream { break }
        #expect(try await bench.texts("alarm") == ["9"])
        await bench.session.close()
        let text = "the link to F0:02:03:04:05:01 (random) was closed"
        #expect(try await bench.texts("alarm", "level") == [text, text])
    }

    @Test("a value that the peripheral sends is passed on, and is the next reading, without a request")
    func notification() async throws {
        let (server, bench) = try await bench()
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        #expect(try await bench.texts("alarm")[0].hasSuffix("it cannot be read, and has sent nothing by itself yet"))
        let address = try SimulatorMake.address()
        server.send(.set(SimulatorMake.alarm, [9]), to: address)
        var heard = news.stream.makeAsyncIterator()
        guard case .sample("alarm", let sample)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(sample.value == .int(9))
        #expect(try await bench.texts("alarm") == ["9"])
        // Two properties have the same characteristic.
        server.send(.set(SimulatorMake.level, [50]), to: address)
        var names: Set<String> = []
        while names.count < 2, let next = await heard.next() {
            if case .sample(let name, let sample) = next, sample.value == .int(50) { names.insert(name) }
        }
        #expect(names == ["level", "main"])
        server.send(.silent, to: address)
        #expect(try await bench.texts("level", "main") == ["50", "50"])
        await bench.session.close()
    }

    @Test("a value that filled its packet may be the beginning of a longer one, so it is read")
    func cutValue() async throws {
        let server = Mutex(ServerBench(mtu: 23))
        let long = (0..<30).map { UInt8($0) }
        let handle: [UInt8] = [18, 0]
        server.withLock { server in
            let services = SimulatorMake.services.map { service in
                var service = service
                for index in service.characteristics.indices
                where service.characteristics[index].uuid == SimulatorMake.long {
                    service.characteristics[index].properties.insert(.notify)
                    service.characteristics[index].value = long
                }
                return service
            }
            server.table = AttributeTable(services)
        }
        let peer = try ScriptedPeer { pdu in [server.withLock { $0.ask(pdu) }].filter { !$0.isEmpty } }
        let bench = try await SessionBench(peer.other, to: try SimulatorMake.peripheral())
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        try peer.send([0x1B] + handle + long.prefix(20))
        try peer.send([0x1B] + handle + [1, 2])
        var heard = news.stream.makeAsyncIterator()
        guard case .sample("long", let sample)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(sample.value == .string("0102"))
        try peer.send([0x1B] + handle + long.prefix(20))
        while try await bench.texts("long") == ["0102"] {}
        #expect(try await bench.texts("long") == [HexText.text(long)])
        await bench.session.close()
    }

    @Test("a value is written, and read back as the peripheral has it")
    func writing() async throws {
        let (server, bench) = try await bench()
        defer { server.stop() }
        try await bench.session.write(.int(-2), to: bench.visitor("setpoint"))
        #expect(try await bench.texts("setpoint") == ["-2"])
        // The byte beside it stays.
        try await bench.session.write(.int(7), to: bench.visitor("low"))
        #expect(try await bench.texts("setpoint", "low") == ["-249", "7"])
        await #expect(throws: ValueError.self) {
            try await bench.session.write(.int(40000), to: bench.visitor("setpoint"))
        }
        let error = await #expect(throws: DeviceError.self) {
            try await bench.session.write(.int(1), to: bench.visitor("alarm"))
        }
        #expect(error?.message == "characteristic 2a46 of F0:02:03:04:05:01 (random) cannot be written")
        await bench.session.close()
    }

    @Test("a refusal is the device's word, and nothing was done")
    func refusedWrite() async throws {
        let (server, bench) = try await bench()
        server.send(.error(SimulatorMake.setPoint, 0x80), to: try SimulatorMake.address())
        // The command goes by another way.
        while try await bench.texts("setpoint") == ["513"] {}
        let error = await #expect(throws: DeviceError.self) {
            try await bench.session.write(.int(1), to: bench.visitor("setpoint"))
        }
        #expect(error?.code == .rejected)
        #expect(error?.mayHaveBeenExecuted == false)
        #expect(error?.message.hasSuffix("an error of the device's own (ATT error 0x80)") == true)
        await bench.session.close()
    }

    @Test("the end of the link is news, and says why")
    func loss() async throws {
        let (server, bench) = try await bench()
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        server.send(.end, to: try SimulatorMake.address())
        var heard = news.stream.makeAsyncIterator()
        guard case .lost(let error)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(error.code == .disconnected)
        let results = await bench.session.read(bench.visitors)
        #expect(results.prefix(4).allSatisfy { ($0.failure as? DeviceError)?.code == .disconnected })
        await bench.session.close()
    }

    @Test("with handles that have moved nothing is read or written, the link ends instead")
    func movedHandles() async throws {
        let (server, bench) = try await bench()
        defer { server.stop() }
        let news = AsyncStream.makeStream(of: DeviceNews.self)
        bench.session.push { news.continuation.yield($0) }
        #expect(try await bench.texts("setpoint", "level") == ["513", "87"])
        server.send(.shift(2), to: try SimulatorMake.address())
        var heard = news.stream.makeAsyncIterator()
        guard case .lost(let error)? = await heard.next() else { return #expect(Bool(false)) }
        #expect(error.code == .disconnected)
        let suffix = "the device has changed its services, which are looked for anew"
        #expect(error.message == "the connection of F0:02:03:04:05:01 (random): \(suffix)")
        #expect(try await bench.texts("setpoint")[0].hasSuffix(suffix))
        await #expect(throws: DeviceError.self) {
            try await bench.session.write(.int(1), to: bench.visitor("setpoint"))
        }
        await bench.session.close()
    }

    @Test("handles that move while they are looked up are looked up again, and what was sent by old ones is forgotten")
    func movingHandles() async throws {
        let server = Mutex((bench: ServerBench(), isShifted: false))
        let peer = try ScriptedPeer { pdu in
            server.withLock { server in
                // The second characteristic's declaration was found; now they move.
                guard pdu.count == 7, pdu[0] == 0x08, pdu[1] > 7, !server.isShifted else {
                    return [server.bench.ask(pdu)].filter { !$0.isEmpty }
                }
                server.isShifted = true
                let sent: [UInt8] = [0x1B, 7, 0, 1]
                let old = server.bench.table
                server.bench.table = old.shifted(by: 6)
                server.bench.server.tableChanged(from: old, to: server.bench.table)
                return [sent, [0x1D, 3, 0, 1, 0, 0xFF, 0xFF], server.bench.ask(pdu)]
            }
        }
        let bench = try await SessionBench(
            peer.other,
            to: try SimulatorMake.peripheral()
        )
        let isShifted = server.withLock { $0.isShifted }
        #expect(isShifted)
        #expect(try await bench.texts("level", "setpoint", "low") == ["87", "513", "1"])
        await bench.session.close()
    }

    @Test("silence ends the link in the device's own time")
    func silence() async throws {
        let (server, bench) = try await bench(responseTimeout: 200)
        server.send(.silent, to: try SimulatorMake.address())
        while try await bench.texts("setpoint") == ["513"] {}
        let error = await #expect(throws: DeviceError.self) {
            try await bench.session.read([bench.visitor("setpoint")])[0].get()
        }
        // The link of the request that got no answer is no more.
        #expect(error?.code == .timedOut)
        await bench.session.close()
    }

    @Test("a peripheral that wants an encrypted link is told when there can be none")
    func protected() async throws {
        let (server, bench) = try await bench { peripheral in
            peripheral.table = AttributeTable(SimulatorMake.services(protecting: SimulatorMake.setPoint))
        }
        defer { server.stop() }
        let texts = try await bench.texts("setpoint", "level")
        #expect(texts[0].contains("insufficient encryption (ATT error 0x0f), and the link could not be protected"))
        #expect(texts[1] == "87")
        await bench.session.close()
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
