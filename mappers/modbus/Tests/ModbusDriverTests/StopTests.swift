// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Logging
import MapperKit
import Synchronization
import Testing

@testable import ModbusDriver

/// Stops buses in the middle of whatever can take long: callers and threads are free within two seconds.
@Suite("A stop ends soon", .timeLimit(.minutes(2)))
struct StopTests {
    private static let patient = Duration.seconds(60)

    /// Begins a transaction, waits until it has come as far as it can, and stops the bus.
    private func stop(
        _ registry: BusRegistry,
        _ address: BusAddress,
        _ transaction: Transaction = BusBench.read(1, 5, timeout: patient),
        when isUnderWay: () async throws -> Bool
    ) async throws {
        let lease = try registry.lease(address)
        let bus = lease.bus
        let work = Task { try await bus.perform(transaction) }
        while try await !isUnderWay() { try await Task.sleep(for: .milliseconds(10)) }
        let start = ContinuousClock.now
        lease.end()
        let outcome = await work.result
        #expect(throws: (any Error).self) { try outcome.get() }
        await offPool { _ = bus.waitForEnd() }
        #expect(start.duration(to: .now) < .seconds(2))
    }

    private func registry(_ names: NameService = NameService()) -> BusRegistry {
        let ports = SerialPorts(identities: "/nonexistent", locks: [])
        return BusRegistry(BusEnvironment(names: names, ports: ports, logger: Logger(label: "test")))
    }

    private func pass(_ duration: Duration) -> () async throws -> Bool {
        let end = ContinuousClock.now + duration
        return { ContinuousClock.now >= end }
    }

    @Test("while connecting to a host that swallows everything")
    func blackHole() async throws {
        let (listener, port) = try Loopback.listen(backlog: 0)
        defer { close(listener) }
        // A listener whose queue is full drops what asks for a connection.
        let connector = SocketConnector(names: NameService(), stop: try StopSignal(), timeout: .milliseconds(300))
        var sockets: [CInt] = []
        defer { for socket in sockets { close(socket) } }
        while let socket = try? connector.connect(to: "127.0.0.1", port: port), sockets.count < 16 {
            sockets.append(socket)
        }
        try await stop(registry(), .tcp(host: "127.0.0.1", port: port), when: pass(.milliseconds(300)))
    }

    @Test("while a name is being resolved, which holds up no other bus and is asked for once")
    func resolving() async throws {
        let gate = DispatchSemaphore(value: 0)
        let asked = Mutex<[String]>([])
        let names = NameService { host in
            asked.withLock { $0.append(host) }
            gate.wait()
            gate.signal()
            return .failure(.unreachable("too late"))
        }
        defer { gate.signal() }
        let registry = registry(names)
        let address = BusAddress.tcp(host: "hangs.example", port: 502)
        let same = try registry.lease(.tcp(host: "hangs.example", port: 503))
        let other = Task { try await same.bus.perform(BusBench.read(1, 5)) }
        try await stop(registry, address) {
            // Meanwhile another bus works.
            let device = try FaultyDevice(.tcp)
            let bench = try BusBench(registry, device.address)
            #expect(await bench.readMany(2).wrong == 0)
            bench.end()
            device.stop()
            return !asked.withLock(\.isEmpty)
        }
        let fault = await #expect(throws: BusFault.self) { try await other.value }
        #expect(fault == .unreachable("the name hangs.example was not resolved within 2000 ms"))
        #expect(asked.withLock { $0 } == ["hangs.example"])
        same.end()
    }

    @Test("names that hang are few")
    func resolverLimit() async throws {
        let gate = DispatchSemaphore(value: 0)
        let names = NameService { _ in
            gate.wait()
            gate.signal()
            return .failure(.unreachable("too late"))
        }
        defer { gate.signal() }
        let stop = try StopSignal()
        for number in 0..<NameService.limit {
            #expect(throws: BusFault.unreachable("the name h\(number) was not resolved within 1 ms")) {
                try names.addresses(of: "h\(number)", within: .milliseconds(1), orUntil: stop)
            }
        }
        let fault = #expect(throws: BusFault.self) {
            try names.addresses(of: "one.more", within: .seconds(60), orUntil: stop)
        }
        #expect("\(String(describing: fault))".contains("the resolver has not answered for 8 others yet"))
        #expect(try names.addresses(of: "::1", within: .zero, orUntil: stop).map(\.text) == ["::1"])
    }

    @Test("while a device sends byte by byte", arguments: FaultyDevice.Transport.allCases)
    func drip(_ transport: FaultyDevice.Transport) async throws {
        let device = try FaultyDevice(transport) { _, _ in .drip(milliseconds: 400) }
        defer { device.stop() }
        let wait = pass(.milliseconds(700))
        try await stop(registry(), device.address) { try await wait() && !device.requests.isEmpty }
    }

    @Test("while a device is silent", arguments: FaultyDevice.Transport.allCases)
    func silence(_ transport: FaultyDevice.Transport) async throws {
        let device = try FaultyDevice(transport) { _, _ in .deaf(milliseconds: 60_000) }
        defer { device.stop() }
        try await stop(registry(), device.address) { !device.requests.isEmpty }
        // A write too.
        let write = Transaction(unit: 1, request: .writeRegisters(first: 1, [1]), timeout: Self.patient)
        let second = try FaultyDevice(transport) { _, _ in .deaf(milliseconds: 60_000) }
        defer { second.stop() }
        try await stop(registry(), second.address, write) { !second.requests.isEmpty }
    }

    @Test("while a line is in quarantine")
    func quarantine() async throws {
        let device = try FaultyDevice(.line) { _, _ in .truncated }
        defer { device.stop() }
        let registry = registry()
        let lease = try registry.lease(device.address)
        let fault = await #expect(throws: BusFault.self) {
            try await lease.bus.perform(BusBench.read(1, 5, timeout: .seconds(8)))
        }
        #expect(fault == .malformed("an answer of 6 bytes instead of 9"))
        let work = Task { try await lease.bus.perform(BusBench.read(2, 5)) }
        try await Task.sleep(for: .milliseconds(200))
        let start = ContinuousClock.now
        lease.end()
        await #expect(throws: BusFault.cancelled) { try await work.value }
        await offPool { _ = lease.bus.waitForEnd() }
        #expect(start.duration(to: .now) < .seconds(2))
    }

    @Test("while the bus rests")
    func rest() async throws {
        let device = try FaultyDevice(.tcp)
        defer { device.stop() }
        let registry = registry()
        let lease = try registry.lease(device.address)
        _ = try await lease.bus.perform(BusBench.read(1, 5, timeout: .seconds(5)))
        var transaction = BusBench.read(1, 5)
        transaction.pause = Self.patient
        let work = Task { [transaction] in try await lease.bus.perform(transaction) }
        try await Task.sleep(for: .milliseconds(200))
        let start = ContinuousClock.now
        lease.end()
        await #expect(throws: BusFault.cancelled) { try await work.value }
        await offPool { _ = lease.bus.waitForEnd() }
        #expect(start.duration(to: .now) < .seconds(2))
    }
}
