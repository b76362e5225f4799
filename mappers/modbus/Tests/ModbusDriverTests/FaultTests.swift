// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import Testing

@testable import ModbusDriver

/// Injects faults and holds every single value against the register, unit and moment it was asked of.
@Suite("Faults never become values", .timeLimit(.minutes(3)))
struct FaultTests {
    typealias Fault = FaultyDevice.Fault

    struct Case: Sendable, CustomTestStringConvertible {
        var transport: FaultyDevice.Transport
        var fault: Fault
        var testDescription: String { "\(transport.rawValue): \(fault)" }
    }

    static let common: [Fault] = [
        .none, .late(milliseconds: 300), .late(milliseconds: 700), .duplicate, .truncated, .drip(milliseconds: 60),
        .foreignUnit, .wrongFunction, .deaf(milliseconds: 500), .noiseBefore, .noiseAfter, .exception(4),
    ]
    static let cases: [Case] = FaultyDevice.Transport.allCases.flatMap { transport in
        let more: [Fault] =
            switch transport {
            case .tcp: [.wrongTransaction, .wrongProtocol, .reset, .finish]
            case .rtuOverTCP: [.badChecksum, .echo, .reset, .finish]
            case .line: [.badChecksum, .echo]
            }
        return (common + more).map { Case(transport: transport, fault: $0) }
    }

    @Test("every value is the one that was asked for, and the bus works again", arguments: cases)
    func injected(_ row: Case) async throws {
        let device = try FaultyDevice(row.transport) { number, _ in [4, 5, 12].contains(number) ? row.fault : .none }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        let tally = await bench.readMany()
        #expect(tally.wrong == 0)
        #expect(tally.good > 5)
        BusBench.note("\(row.testDescription) | three times in 24 reads | \(tally.text)")
        bench.end()
    }

    @Test("what a session reports is what its registers hold", arguments: FaultyDevice.Transport.allCases)
    func session(_ transport: FaultyDevice.Transport) async throws {
        let faults = Self.cases.filter { $0.transport == transport && $0.fault != .none }.map(\.fault)
        let faulty = try FaultyDevice(transport) { number, _ in
            number > 3 && number % 5 == 4 ? faults[number / 5 % faults.count] : .none
        }
        defer { faulty.stop() }
        let way: [ConfigNode.Entry] =
            transport == .line
            ? [.init("serialPort", ConfigNode(.string(faulty.path))), .init("baudRate", 115_200)]
            : [.init("ip", "127.0.0.1"), .init("port", ConfigNode(.int(Int64(faulty.port))))]
        let mode: ConfigNode = transport == .tcp ? "TCP" : transport == .line ? "RTU" : "RTUOverTCP"
        let more: [ConfigNode.Entry] = [
            .init("slaveID", 3), .init("responseTimeout", 200), .init("communicateMode", mode),
        ]
        let addresses = [1, 2, 300, 301, 900, 2000]
        let device = try Make.device(ConfigNode(.mapping(way + more)), Make.words(at: addresses))
        let session = try await ModbusDriver().open(device)
        var (good, lost) = (0, 0)
        for _ in 0..<25 {
            for (address, result) in zip(addresses, await session.read(device.visitors)) {
                guard case .success(let sample) = result else {
                    lost += 1
                    continue
                }
                good += 1
                #expect(sample.value == .int(Int64(FaultyDevice.value(3, address))))
            }
        }
        #expect(good > 0)
        BusBench.note(
            "session, \(transport.rawValue) | every fault in turn, one request in five "
                + "| values \(good + lost), wrong 0, lost \(lost)"
        )
        await session.close()
    }

    @Test("a device that is always late is given more time", arguments: [FaultyDevice.Transport.line, .rtuOverTCP])
    func alwaysLate(_ transport: FaultyDevice.Transport) async throws {
        let device = try FaultyDevice(transport) { _, _ in .late(milliseconds: 350) }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        let tally = await bench.readMany(6)
        #expect(tally.wrong == 0)
        bench.end()
    }

    @Test(
        "a device that ignores function 8 is left alone instead",
        arguments: [FaultyDevice.Transport.line, .rtuOverTCP]
    )
    func withoutProbes(_ transport: FaultyDevice.Transport) async throws {
        let device = try FaultyDevice(transport, answersProbes: false) { number, _ in
            number % 5 == 4 && number < 20 ? .late(milliseconds: 450) : .none
        }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        let tally = await bench.readMany()
        #expect(tally.wrong == 0)
        bench.end()
    }

    @Test("reads are sent again, refusals and writes are not", arguments: FaultyDevice.Transport.allCases)
    func retries(_ transport: FaultyDevice.Transport) async throws {
        let device = try FaultyDevice(transport) { number, request in
            switch request.address {
            case 100: number % 3 < 2 ? .truncated : .none
            case 200: .exception(6)
            default: .deaf(milliseconds: 1)
            }
        }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        var read = BusBench.read(1, 100)
        read.retries = 2
        let reply = try await bench.bus.perform(read)
        #expect(reply.answer == .registers(BusBench.expected(1, 100)))
        #expect(device.requests.count == 3)
        read.request = .read(.holding, AddressSpan(first: 200, count: 1))
        #expect(try await bench.bus.perform(read).answer == .exception(ModbusException(code: 6)))
        #expect(device.requests.count == 4)
        let write = Transaction(
            unit: 1,
            request: .writeRegisters(first: 300, [1]),
            timeout: BusBench.timeout,
            retries: 2
        )
        let fault = await #expect(throws: BusFault.self) { try await bench.bus.perform(write) }
        #expect(fault == .timedOut(BusBench.timeout))
        #expect(fault?.mayHaveBeenExecuted == true)
        #expect(device.requests.count == 5)
        bench.end()
    }

    @Test("on a line that gives back what is sent, an echo confirms no write")
    func echo() async throws {
        let device = try FaultyDevice(.line) { _, _ in .echo }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        let tally = await bench.readMany(6)
        #expect(tally.wrong == 0)
        #expect(tally.lost == 0)
        let write = Transaction(unit: 1, request: .writeRegisters(first: 3, [7]), timeout: BusBench.timeout)
        #expect(try await bench.bus.perform(write).answer == .done)
        bench.end()
    }

    @Test("an echo alone is no confirmation")
    func echoAlone() async throws {
        let device = try FaultyDevice(.line) { number, _ in number < 3 ? .echo : .echoOnly }
        defer { device.stop() }
        let bench = try BusBench(device.address)
        for address in 0..<3 {
            #expect(
                try await bench.bus.perform(BusBench.read(1, address)).answer
                    == .registers(BusBench.expected(1, address))
            )
        }
        let write = Transaction(unit: 1, request: .writeRegisters(first: 3, [7]), timeout: BusBench.timeout)
        await #expect(throws: BusFault.timedOut(BusBench.timeout)) { try await bench.bus.perform(write) }
        bench.end()
    }

    @Test("what talks all the time is said to")
    func neverSilent() async throws {
        let device = try FaultyDevice(.line)
        defer { device.stop() }
        let bench = try BusBench(device.address)
        let (isTalking, hasSpoken) = (Flag(true), Flag(false))
        defer { isTalking.lower() }
        // More than the line takes at once: something waits to be read whenever the bus looks.
        let block = [UInt8](repeating: 0x55, count: 256)
        try DedicatedThread.start {
            while isTalking.value {
                device.say(block)
                hasSpoken.raise()
                usleep(100)
            }
        }
        while !hasSpoken.value { try await Task.sleep(for: .milliseconds(1)) }
        do {
            let reply = try await bench.bus.perform(BusBench.read(1, 5))
            Issue.record("\(reply)")
        } catch {
            #expect("\(error)".contains("the line is never silent"))
            #expect(error.mayHaveBeenExecuted == false)
        }
        isTalking.lower()
        let tally = await bench.readMany(2)
        #expect(tally.wrong == 0)
        bench.end()
    }

    @Test("the bus rests before requests, and longer when it turns to another unit")
    func pauses() async throws {
        let device = try FaultyDevice(.tcp)
        defer { device.stop() }
        let bench = try BusBench(device.address)
        func time(_ units: [UInt8]) async throws -> Duration {
            let start = ContinuousClock.now
            for unit in units {
                var read = BusBench.read(unit, 1, timeout: .seconds(5))
                read.pause = .milliseconds(20)
                read.switchPause = .milliseconds(60)
                #expect(try await bench.bus.perform(read).answer == .registers(BusBench.expected(unit, 1)))
            }
            return start.duration(to: .now)
        }
        _ = try await time([1])
        // The first rest began before the clock was looked at.
        #expect(try await time([1, 1, 1]) >= .milliseconds(40))
        #expect(try await time([2, 1, 2]) >= .milliseconds(120))
        bench.end()
    }
}
