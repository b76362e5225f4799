// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import ModbusDriver

@Suite("Learning from a device's refusals", .timeLimit(.minutes(1)))
struct LearningTests {
    /// A device of unit 3 under test, and the clock that says when things are tried again.
    private struct Bench {
        let server: FaultyServer
        let clock = ManualClock()
        let driver: ModbusDriver
        let device: ModbusDevice

        init(
            _ properties: [Property],
            timeout: Int = 2000,
            _ react: @escaping @Sendable (FaultyServer.Request) -> FaultyServer.Reaction
        ) throws {
            server = try FaultyServer(react: react)
            driver = ModbusDriver(clock: clock)
            device = try Make.device(Make.tcp(server.port, unit: 3, timeout: timeout), properties)
        }

        /// The numbers of values that come, and the requests it took.
        func read(_ session: ModbusSession) async -> (values: Int, requests: [String]) {
            server.forget()
            let results = await session.read(device.visitors)
            for (visitor, result) in zip(device.visitors, results) {
                guard case .success(let sample) = result else { continue }
                #expect(sample.value == .int(Int64(visitor.config.offset) + 1000))
            }
            return (results.count { (try? $0.get()) != nil }, server.requests.map(\.short))
        }
    }

    private static func refuses(_ request: FaultyServer.Request, _ addresses: ClosedRange<Int>) -> Bool {
        addresses.overlaps(request.address...request.address + request.count - 1)
    }

    @Test("of many gaps only the one that is refused is not read over any more")
    func guiltyGap() async throws {
        let addresses = [0, 1, 3, 4, 6, 7, 9, 10, 12, 13]
        let bench = try Bench(Make.words(at: addresses)) { Self.refuses($0, 8...8) ? .exception(2) : .normal }
        let session = try await bench.driver.open(bench.device)
        for _ in 0..<8 { #expect(await bench.read(session).values == 10) }
        #expect(await bench.read(session).requests == ["3@0+8", "3@9+5"])
        await session.close()
    }

    @Test("a refusal by chance changes nothing")
    func chance() async throws {
        let refusals = Counter(0)
        let bench = try Bench(Make.words(at: [0, 1, 3, 4])) { _ in refusals.takeOne() ? .exception(2) : .normal }
        let session = try await bench.driver.open(bench.device)
        for _ in 0..<3 {
            refusals.set(1)
            #expect(await bench.read(session).requests == ["3@0+5", "3@0+2", "3@3+2"])
            #expect(await bench.read(session).requests == ["3@0+5"])
        }
        await session.close()
    }

    @Test("what was learnt outlives the session")
    func reload() async throws {
        let bench = try Bench(Make.words(at: [10, 11, 13, 14])) { Self.refuses($0, 12...12) ? .exception(2) : .normal }
        for round in 0..<2 {
            let session = try await bench.driver.open(bench.device)
            for _ in 0..<2 {
                let (values, requests) = await bench.read(session)
                #expect(values == 4)
                #expect(requests.count == (round == 0 ? 3 : 2))
            }
            await session.close()
        }
    }

    @Test("a length that is refused is found out with all values in every cycle", arguments: [3, 0] as [UInt8])
    func length(exception: UInt8) async throws {
        let bench = try Bench(Make.words(at: Array(0..<40)), timeout: 200) { request in
            guard request.count > 10 else { return .normal }
            return exception == 0 ? .silence : .exception(exception)
        }
        let session = try await bench.driver.open(bench.device)
        for _ in 0..<6 { #expect(await bench.read(session).values == 40) }
        let (_, requests) = await bench.read(session)
        #expect(requests.count == 4)
        await bench.clock.advance(by: .seconds(600))
        let again = await bench.read(session)
        #expect(again.values == 40)
        #expect(again.requests.first == "3@0+40")
        await session.close()
    }

    @Test("a refused register is named, left alone, tried again from time to time, and comes back by itself")
    func comesBack() async throws {
        let legal = Flag()
        let bench = try Bench(Make.words(at: Array(100..<120))) { request in
            !legal.value && Self.refuses(request, 107...107) ? .exception(2) : .normal
        }
        let session = try await bench.driver.open(bench.device)
        #expect(await bench.read(session).values == 19)
        let (values, requests) = await bench.read(session)
        #expect(values == 19)
        #expect(requests == ["3@100+7", "3@108+12"])
        await bench.clock.advance(by: .seconds(10))
        #expect(await bench.read(session).requests == ["3@100+7", "3@108+12", "3@107+1"])
        legal.raise()
        await bench.clock.advance(by: .seconds(10))
        #expect(await bench.read(session).values == 19)
        await bench.clock.advance(by: .seconds(10))
        #expect(await bench.read(session).values == 20)
        #expect(await bench.read(session).requests == ["3@100+20"])
        await session.close()
    }

    @Test("of values that belong together none counts unless one request brings all", arguments: [2, 3] as [UInt8])
    func together(exception: UInt8) async throws {
        let server = try FaultyServer { request in
            request.function == 3 && request.count > 3 ? .exception(exception) : .normal
        }
        let config = Make.tcp(server.port).entries ?? []
        let atomic = ConfigNode.Entry("atomic", ["HoldingRegister 10-13"])
        let device = try Make.device(ConfigNode(.mapping(config + [atomic])), Make.words(at: [1, 10, 11, 12, 13]))
        let session = try await ModbusDriver().open(device)
        for _ in 0..<3 {
            let results = await session.read(device.visitors)
            #expect(results.map { (try? $0.get()) != nil } == [true, false, false, false, false])
        }
        await session.close()
    }

    @Test("what belongs together comes without an address that is refused, and with it when it answers again")
    func togetherAgain() async throws {
        let isLegal = Flag()
        let server = try FaultyServer { !isLegal.value && Self.refuses($0, 12...12) ? .exception(2) : .normal }
        let config = Make.tcp(server.port).entries ?? []
        let atomic = ConfigNode.Entry("atomic", ["HoldingRegister 10-13"])
        let device = try Make.device(ConfigNode(.mapping(config + [atomic])), Make.words(at: [10, 11, 12, 13]))
        let clock = ManualClock()
        let session = try await ModbusDriver(clock: clock).open(device)
        var counts: [Int] = []
        for _ in 0..<3 {
            counts.append(await session.read(device.visitors).count { (try? $0.get()) != nil })
        }
        #expect(counts.first == 0)
        isLegal.raise()
        await clock.advance(by: .seconds(10))
        _ = await session.read(device.visitors)
        server.forget()
        #expect(await session.read(device.visitors).count { (try? $0.get()) != nil } == 4)
        #expect(server.requests.map(\.short) == ["3@10+4"])
        await session.close()
    }

    @Test("a table that is not there is not asked for")
    func missingTable() async throws {
        let coil = Make.property("c", .boolean, ["register": "CoilRegister", "offset": 5])
        let bench = try Bench(Make.words(at: [1]) + [coil]) { $0.function == 1 ? .exception(1) : .normal }
        let session = try await bench.driver.open(bench.device)
        _ = await bench.read(session)
        #expect(await bench.read(session).requests == ["3@1+1"])
        let results = await session.read(bench.device.visitors)
        #expect(texts(results)[1].hasPrefix("illegal function (exception 1): coil 5 of unit 3"))
        await session.close()
    }

    @Test("a unit that fails altogether is not asked for each value; one that fails for one address loses only that")
    func deviceFailure() async throws {
        let isBroken = Flag()
        let bench = try Bench(Make.words(at: Array(0..<8))) { request in
            isBroken.value || Self.refuses(request, 5...5) ? .exception(4) : .normal
        }
        let session = try await bench.driver.open(bench.device)
        #expect(await bench.read(session).values == 7)
        isBroken.raise()
        let (values, requests) = await bench.read(session)
        #expect(values == 0)
        #expect(requests.count <= 4)
        await session.close()
    }

    @Test("a busy unit is asked again, and a write it goes on with is done", arguments: [5, 6] as [UInt8])
    func busy(exception: UInt8) async throws {
        let refusals = Counter(2)
        let server = try FaultyServer { request in
            request.address == 9 && refusals.takeOne() ? .exception(exception) : .normal
        }
        let properties = Make.words(at: [9]).map { property in
            var property = property
            property.model.accessMode = .readWrite
            return property
        }
        let device = try Make.device(Make.tcp(server.port), properties)
        let session = try await ModbusDriver().open(device)
        #expect(texts(await session.read(device.visitors)) == ["1009"])
        refusals.set(2)
        server.forget()
        try await session.write(.int(1), to: device.visitors[0])
        #expect(server.requests.count == (exception == 5 ? 1 : 3))
        await session.close()
    }

    @Test("a unit that comes back slower than it was is found all the same")
    func slower() async throws {
        let isSlow = Flag()
        let bench = try Bench(Make.words(at: [1])) { _ in isSlow.value ? .late(0.6) : .normal }
        let session = try await bench.driver.open(bench.device)
        for _ in 0..<8 { _ = await bench.read(session) }
        await session.close()
        isSlow.raise()
        var attempts = 0
        var found: ModbusSession?
        while found == nil, attempts < 8 {
            attempts += 1
            found = try? await bench.driver.open(bench.device)
        }
        #expect((2...6).contains(attempts), "not at once, as absent units must not hold up a line")
        await found?.close()
    }

    @Test("a value about which the unit is silent costs the others nothing in the end")
    func silentValue() async throws {
        let bench = try Bench(Make.words(at: [0, 1, 100, 300]), timeout: 100) { request in
            Self.refuses(request, 100...100) ? .silence : .normal
        }
        let session = try await bench.driver.open(bench.device)
        for _ in 0..<2 { #expect(await bench.read(session).values == 3) }
        let (values, requests) = await bench.read(session)
        #expect(values == 3)
        #expect(requests == ["3@0+2", "3@300+1"])
        #expect(
            texts(await session.read(bench.device.visitors))[2]
                == "no answer, while the unit gives others: holding register 100 of unit 3 on 127.0.0.1:\(bench.server.port)"
        )
        await session.close()
    }

    @Test("what belongs together is read whole, whichever part is due")
    func wholeRange() async throws {
        let server = try FaultyServer()
        let keys: [ConfigNode.Entry] = [ConfigNode.Entry("atomic", ["HoldingRegister 0-1"])]
        let config = ConfigNode(.mapping((Make.tcp(server.port).entries ?? []) + keys))
        let device = try Make.device(config, Make.words(at: [0, 1, 900]))
        let session = try await ModbusDriver().open(device)
        let portions = session.portions(of: [device.visitors[0]], with: [])
        #expect(portions.map { $0.map(\.property.name) } == [["r0", "r1"]])
        await session.close()
    }
}

@Suite("What reading costs, measured")
struct LinkEstimateTests {
    private func read(_ count: Int) -> ModbusRequest { .read(.input, AddressSpan(first: 0, count: count)) }

    @Test("on a line the turnaround is what answers take longer than their frames")
    func turnaround() {
        let line = LineTime(SerialSettings(baudRate: 9600, dataBits: 8, parity: .none, stopBits: 1, isRS485: false))
        var estimate = LinkEstimate(line)
        for count in 1...60 {
            _ = estimate.note(read(count), roundTrip: line.frames(of: read(count)) + .milliseconds(30))
        }
        #expect(abs(estimate.cost.perRequest - line.perRead.inSeconds - 0.03) < 0.002)
        #expect(estimate.cost.perRegister == line.perRegister.inSeconds)
    }

    @Test("plans are made by what was measured as soon as it is known, however near the guess was")
    func guess() {
        let line = LineTime(SerialSettings(baudRate: 9600, dataBits: 8, parity: .even, stopBits: 1, isRS485: false))
        var estimate = LinkEstimate(line)
        let news = (1...30).map { _ in estimate.note(read(2), roundTrip: line.frames(of: read(2)) + .milliseconds(3)) }
        #expect(news.count { $0 } == 1)
        #expect(abs(estimate.cost.perRequest - line.perRead.inSeconds - 0.003) < 0.0001)
    }

    @Test("a gateway's slow line shows in the price of a register, noise does not")
    func gateway() {
        var slow = LinkEstimate(.none)
        var fast = LinkEstimate(.none)
        for round in 0..<200 {
            let count = [1, 10, 40, 120][round % 4]
            let noise = Duration.microseconds(Int64(round * 37 % 50) * 10)
            _ = slow.note(read(count), roundTrip: .milliseconds(20) + .microseconds(2300 * Int64(count)) + noise)
            _ = fast.note(read(count), roundTrip: .microseconds(400) + noise)
        }
        #expect(abs(slow.cost.perRegister - 0.0023) < 0.0002)
        #expect(abs(slow.cost.perRequest - 0.02) < 0.004)
        #expect(fast.cost.perRegister < 1e-6)
    }

    @Test("one slow answer among many makes no new plan")
    func outlier() {
        var estimate = LinkEstimate(.none)
        for _ in 0..<50 { _ = estimate.note(read(10), roundTrip: .milliseconds(2)) }
        let isDrift = estimate.note(read(10), roundTrip: .seconds(2))
        #expect(!isDrift)
    }
}
