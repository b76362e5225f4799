// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Buses", .timeLimit(.minutes(1)))
struct BusTests {
    @Test("refused connection, name without address")
    func unreachable() async throws {
        let server = try FaultyServer()
        server.stop()
        let device = try Make.device(Make.tcp(server.port), Make.words(at: [1]))
        let error = await #expect(throws: DeviceError.self) { try await ModbusDriver().open(device) }
        #expect(error?.code == .unreachable)
        #expect(error?.message == "127.0.0.1:\(server.port) cannot be reached: Connection refused")
        let nameless = try Make.device(["ip": "no-such-host.invalid", "slaveID": 1], Make.words(at: [1]))
        let second = await #expect(throws: DeviceError.self) { try await ModbusDriver().open(nameless) }
        #expect(second?.code == .unreachable)
        #expect(second?.message.contains("the name no-such-host.invalid cannot be resolved") == true)
    }

    @Test("a host may be a name")
    func name() async throws {
        let server = try FaultyServer()
        let device = try Make.device(
            ["ip": "localhost", "port": ConfigNode(.int(Int64(server.port))), "slaveID": 1],
            Make.words(at: [1])
        )
        let session = try await ModbusDriver().open(device)
        #expect(texts(await session.read(device.visitors)) == ["1001"])
        await session.close()
    }

    @Test("devices of one address share a connection, which ends with the last of them")
    func sharing() async throws {
        let server = try FaultyServer()
        let driver = ModbusDriver()
        var sessions: [(ModbusDevice, ModbusSession)] = []
        for unit in 1...4 {
            let device = try Make.device("d\(unit)", Make.tcp(server.port, unit: unit), Make.words(at: [unit]))
            sessions.append((device, try await driver.open(device)))
        }
        await withTaskGroup { group in
            for (unit, (device, session)) in sessions.enumerated() {
                group.addTask {
                    #expect(texts(await session.read(device.visitors)) == ["\(1001 + unit)"])
                }
            }
        }
        #expect(server.connections == 1)
        for (_, session) in sessions.dropLast() { await session.close() }
        let (device, last) = sessions[3]
        #expect(texts(await last.read(device.visitors)) == ["1004"])
        await last.close()
        #expect((await last.read(device.visitors)[0].failure as? DeviceError)?.code == .cancelled)
    }

    @Test("a connection the device closed between two readings is opened again unnoticed")
    func idleClose() async throws {
        let server = try FaultyServer { $0.address == 13 ? .hangUp : .normal }
        let device = try Make.device(Make.tcp(server.port), Make.words(at: [1, 300, 600]))
        let session = try await ModbusDriver().open(device)
        #expect(texts(await session.read(device.visitors)) == ["1001", "1300", "1600"])
        server.hangUpAll()
        #expect(texts(await session.read(device.visitors)) == ["1001", "1300", "1600"])
        #expect(server.connections == 2)
        await session.close()
    }

    @Test(
        "a server that died is reported, and found again when it is back; the pause between attempts outlives the bus"
    )
    func restart() async throws {
        let server = try FaultyServer()
        let port = server.port
        let device = try Make.device(Make.tcp(port), Make.words(at: [1]))
        let driver = ModbusDriver()
        let session = try await driver.open(device)
        server.stop()
        let start = ContinuousClock.now
        let error = await session.read(device.visitors)[0].failure as? DeviceError
        #expect(error?.meansAbsent == true)
        await session.close()
        let second = try FaultyServer(port: port)
        // The first attempt failed a moment ago, and the line remembers although its last user has left.
        var again = try? await driver.open(device)
        // The shortest pause is 375 ms; a machine that took longer than that has shown nothing.
        if start.duration(to: .now) < .milliseconds(350) {
            #expect(again == nil)
            #expect(second.connections == 0)
        }
        while again == nil {
            again = try? await driver.open(device)
            try await Task.sleep(for: .milliseconds(20))
        }
        let session2 = try #require(again)
        #expect(texts(await session2.read(device.visitors)) == ["1001"])
        await session2.close()
        second.stop()
    }

    @Test("a cancelled reading ends within a second, whatever the device does")
    func cancellation() async throws {
        let server = try FaultyServer { $0.address == 0 ? .normal : .silence }
        let device = try Make.device(Make.tcp(server.port, timeout: 30_000), Make.words(at: [0, 100]))
        let session = try await ModbusDriver().open(device)
        let reading = Task { await session.read([device.visitors[1]]) }
        while server.requests.count < 2 { await Task.yield() }
        let start = ContinuousClock.now
        reading.cancel()
        let result = await reading.value[0]
        #expect((result.failure as? DeviceError)?.code == .cancelled)
        #expect(start.duration(to: .now) < .seconds(1))
        await session.close()
    }

    private func read(at address: Int, deadline: ContinuousClock.Instant? = nil) -> Ticket {
        var transaction = Transaction(
            unit: 1,
            request: .read(.coil, AddressSpan(first: address, count: 1)),
            timeout: .zero
        )
        transaction.deadline = deadline
        return Ticket(transaction)
    }

    private func write() -> Ticket {
        Ticket(Transaction(unit: 1, request: .writeRegisters(first: 9, [1]), timeout: .zero))
    }

    /// The positions of tickets in the order in which a queue gives them.
    private func order(of tickets: [Ticket]) -> [Int] {
        var queue = TicketQueue()
        for ticket in tickets {
            let isTaken = queue.add(ticket)
            #expect(isTaken)
        }
        var order: [Int] = []
        while let entry = queue.next() {
            order.append(tickets.firstIndex { $0 === entry.ticket } ?? -1)
        }
        return order
    }

    @Test("writes overtake reads, whoever gave up is left out")
    func priority() {
        let tickets = (0..<3).map { read(at: $0) } + [write(), write()]
        tickets[0].settle(.failure(.cancelled))
        #expect(order(of: tickets) == [3, 4, 1, 2])
    }

    @Test("reads go by deadline, and one without a deadline counts as asked for now")
    func deadlines() {
        let now = ContinuousClock.now
        let tickets = [
            read(at: 0, deadline: now + .seconds(60)), read(at: 1), read(at: 2, deadline: now - .seconds(1)),
            read(at: 3, deadline: now + .seconds(60)), read(at: 4), read(at: 5, deadline: now + .seconds(30)),
        ]
        #expect(order(of: tickets) == [2, 1, 4, 5, 0, 3])
        let many = (0..<200).map { read(at: $0, deadline: now + .milliseconds($0 * 37 % 200)) }
        #expect(order(of: many).map { $0 * 37 % 200 } == Array(0..<200))
    }

    @Test("many writes in a row let a read through")
    func fairness() {
        let tickets = [read(at: 0), read(at: 1)] + (0..<20).map { _ in write() }
        let order = order(of: tickets)
        #expect(order.firstIndex(of: 0) == TicketQueue.pressingInARow)
        #expect(order.firstIndex(of: 1) == TicketQueue.pressingInARow * 2 + 1)
        #expect(order.count == 22)
    }

    @Test("the queue has an end, and forgets who gave up")
    func bound() {
        var queue = TicketQueue()
        func ticket() -> Ticket {
            Ticket(Transaction(unit: 1, request: .read(.coil, AddressSpan(first: 0, count: 1)), timeout: .zero))
        }
        let first = ticket()
        var isTaken = queue.add(first)
        #expect(isTaken)
        for _ in 1..<TicketQueue.capacity { _ = queue.add(ticket()) }
        isTaken = queue.add(ticket())
        #expect(!isTaken)
        first.settle(.failure(.cancelled))
        isTaken = queue.add(ticket())
        #expect(isTaken)
    }

    @Test("attempts are spread with growing pauses")
    func backoff() {
        var backoff = ReconnectBackoff()
        let start = ContinuousClock.now
        #expect(backoff.reasonToWait(at: start) == nil)
        var pauses: [Duration] = []
        for _ in 0..<8 {
            backoff.failed(with: .unreachable("no"), at: start, chance: 0.5)
            let pause = (1...60_000).first { backoff.reasonToWait(at: start + .milliseconds($0)) == nil }
            pauses.append(.milliseconds(pause ?? 0))
        }
        #expect(
            pauses == [
                .seconds(0.5), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(30),
                .seconds(30),
            ]
        )
        backoff.succeeded()
        #expect(backoff.reasonToWait(at: start) == nil)
    }

    @Test("thirty devices, ten of which never answer: the other twenty are not held up")
    func deadDevices() async throws {
        let alive = try FaultyServer()
        let dead = try FaultyServer { _ in .silence }
        let driver = ModbusDriver()
        var devices: [ModbusDevice] = []
        for number in 1...30 {
            let port = number <= 20 ? alive.port : dead.port
            // Patience with the dead that is far beyond what 420 transactions on loopback take.
            let config: ConfigNode = [
                "ip": ConfigNode(.string("127.0.0.1")), "port": ConfigNode(.int(Int64(port))),
                "slaveID": ConfigNode(.int(Int64(number))), "responseTimeout": 20_000,
            ]
            devices.append(try Make.device("d\(number)", config, Make.words(at: [number])))
        }
        await withTaskGroup(of: Bool.self) { group in
            for (index, device) in devices.enumerated() {
                group.addTask {
                    guard let session = try? await driver.open(device) else { return false }
                    for _ in 0..<20 { #expect(texts(await session.read(device.visitors)) == ["\(1001 + index)"]) }
                    await session.close()
                    return true
                }
            }
            // Whoever waited behind a dead device would come after the first of them has given up.
            for _ in 0..<20 { #expect(await group.next() == true) }
            group.cancelAll()
        }
    }
}
