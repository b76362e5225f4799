// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Faults of simulated devices, seen by the driver's own bus", .timeLimit(.minutes(1)))
struct SimulatorFaultTests {
    /// Holding registers 0…99 and coils 0…99 of units 1 and 2 of one gateway, devices `d1` and `d2`.
    private func withBus(
        _ faults: String...,
        body: @escaping @Sendable (Bus) async throws -> Void
    ) async throws {
        let properties =
            Make.words(at: [0, 99])
            + [0, 99].map {
                Make.property("c\($0)", .boolean, ["register": "CoilRegister", "offset": ConfigNode(.int($0))])
            }
        let devices = try (1...2).map { try Make.device("d\($0)", Make.tcp(502, unit: $0), properties) }
        let options = SimulationOptions(port: 0, faults: faults, seed: 7)
        #expect(ModbusDriver().check(options, for: devices) == [])
        try await withSimulator(of: devices, with: options) { lines in
            let port = try #require(Int(lines[0].split(separator: ":")[2].prefix { $0.isNumber }))
            let address = BusAddress.tcp(host: "127.0.0.1", port: port)
            let bus = try Bus.start(address, after: nil, in: BusEnvironment(logger: Logger(label: "test")))
            defer { bus.stop() }
            try await body(bus)
        }
    }

    @Test("a hole, a limit and a missing table are refused with their exceptions, on that device only")
    func refusals() async throws {
        let faults = ["d1:illegal=HoldingRegister 17-18", "d1:limit=60", "d1:lacks=CoilRegister"]
        try await withBus(faults[0], faults[1], faults[2]) { bus in
            let reads: [(table: RegisterTable, first: Int, count: Int, unit: UInt8)] = [
                (.holding, 0, 17, 1), (.holding, 17, 1, 1), (.holding, 10, 20, 1), (.holding, 19, 60, 1),
                (.holding, 19, 61, 1), (.coil, 0, 1, 1), (.holding, 0, 100, 2), (.coil, 0, 100, 2), (.input, 0, 1, 2),
                (.holding, 0, 1, 3),
            ]
            var codes: [UInt8] = []
            for read in reads {
                let request = ModbusRequest.read(read.table, AddressSpan(first: read.first, count: read.count))
                let reply = try await bus.perform(Transaction(unit: read.unit, request: request, timeout: .seconds(5)))
                if case .exception(let exception) = reply.answer {
                    codes.append(exception.code)
                } else {
                    codes.append(0)
                }
            }
            #expect(codes == [0, 2, 2, 0, 3, 1, 0, 0, 2, 11])
        }
    }

    @Test("silence, exceptions, damage and closed connections arrive as what they are")
    func failures() async throws {
        let request = ModbusRequest.read(.holding, AddressSpan(first: 0, count: 1))
        @Sendable func outcome(of bus: Bus, unit: UInt8) async -> Result<ModbusAnswer, BusFault> {
            do throws(BusFault) {
                let wait = Duration.milliseconds(300)
                return .success(
                    try await bus.perform(Transaction(unit: unit, request: request, timeout: wait)).answer
                )
            } catch {
                return .failure(error)
            }
        }
        try await withBus("d1:silent") { bus in
            #expect(await outcome(of: bus, unit: 1) == .failure(.timedOut(.milliseconds(300))))
            guard case .success(.registers) = await outcome(of: bus, unit: 2) else {
                Issue.record("d2")
                return
            }
        }
        try await withBus("d1:exception=6") { bus in
            #expect(await outcome(of: bus, unit: 1) == .success(.exception(ModbusException(code: 6))))
        }
        try await withBus("d1:drop") { bus in
            guard case .failure(.disconnected) = await outcome(of: bus, unit: 1) else {
                Issue.record("d1")
                return
            }
        }
        try await withBus("garble") { bus in
            for _ in 0..<8 {
                if case .success(.registers) = await outcome(of: bus, unit: 1) { Issue.record("damage went unnoticed") }
            }
        }
    }

    @Test("a slow unit behind a gateway takes at least its latency, and a late answer is no value")
    func slowness() async throws {
        let request = ModbusRequest.read(.holding, AddressSpan(first: 0, count: 1))
        try await withBus("d1:latency=80ms..120ms", "d2:late=400ms") { bus in
            let slow = try await bus.perform(Transaction(unit: 1, request: request, timeout: .seconds(5)))
            #expect(slow.roundTrip >= .milliseconds(80))
            await #expect(throws: BusFault.timedOut(.milliseconds(200))) {
                try await bus.perform(Transaction(unit: 2, request: request, timeout: .milliseconds(200)))
            }
            let patient = try await bus.perform(Transaction(unit: 2, request: request, timeout: .seconds(5)))
            #expect(patient.roundTrip >= .milliseconds(400))
        }
    }

    @Test("three hundred devices on three hundred ports are served, and every request is in the log")
    func many() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let devices = try (1...300).map { number in
            try Make.device("d\(number)", Make.tcp(1024 + number), Make.words(at: [0, 1]))
        }
        let options = SimulationOptions(port: 0, faults: ["d300:latency=1ms"], requestLog: path)
        try await withSimulator(of: devices, with: options) { lines in
            #expect(lines.count == 301)
            let driver = ModbusDriver()
            let sessions = try await withThrowingTaskGroup(of: ModbusSession.self) { group in
                for line in lines.prefix(300) {
                    let port = try #require(Int(line.split(separator: ":")[2].prefix { $0.isNumber }))
                    group.addTask { try await driver.open(try Make.device(Make.tcp(port), Make.words(at: [0, 1]))) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for session in sessions { await session.close() }
        }
        let log = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        // Ports are used again between tests running at the same time: a stranger may have knocked.
        #expect(log.count { $0.contains("\"accept\":1") } >= 300)
        let requests = log.filter { $0.contains("\"u\":1,\"fc\":3,\"a\":0,\"n\":1,\"on\":\"tcp 127.0.0.1:") }
        #expect(requests.count == 300)
        #expect(requests.count { $0.hasSuffix(",\"faults\":[\"latency\"]}") } == 1)
        #expect(log.allSatisfy { $0.hasPrefix("{\"t\":") && $0.hasSuffix("}") })
    }
}
