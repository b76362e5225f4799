// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperProfile
import Testing

@testable import ModbusDriver

@Suite("Scanning one table, of a device made of rules")
struct TableScanTests {
    /// A table that refuses some addresses and long requests.
    private struct Table {
        var holes: Set<Int> = []
        var limit = 125
        var refusal = ModbusException.illegalDataAddress
        var needsPairs = false
        var isSilentBeyondLimit = false

        func read(_ span: AddressSpan) -> ScanFinding {
            if span.count > limit { return isSilentBeyondLimit ? .silence : .refused(refusal) }
            if needsPairs, span.count % 2 != 0 || span.first % 2 != 0 { return .refused(.illegalDataAddress) }
            let isRefused = (span.first..<span.end).contains { holes.contains($0) }
            return isRefused ? .refused(.illegalDataAddress) : .values((span.first..<span.end).map { UInt16($0) })
        }
    }

    private func scan(
        _ table: Table,
        in range: ClosedRange<Int> = 0...999,
        step: Int = 16
    ) async throws -> (found: ScannedTable, requests: Int) {
        var scan = TableScan(.holding, in: range, step: step)
        var requests = 0
        try await scan.run { span throws(ScanEnd) in
            requests += 1
            return table.read(span)
        }
        return (scan.result, requests)
    }

    @Test("a table without holes takes as many reads as it has full requests, and one")
    func whole() async throws {
        let (found, requests) = try await scan(Table())
        #expect(found.readable == [0...999])
        #expect(found.values.count == 1000)
        #expect(found.limit == nil)
        #expect(requests == 9)
    }

    @Test("holes are found to the address, whatever their size")
    func holes() async throws {
        let table = Table(holes: Set(100...233).union([250]).union(382...999))
        let (found, requests) = try await scan(table)
        #expect(found.readable == [0...99, 234...249, 251...381])
        #expect(found.values[249] == 249 && found.values[250] == nil)
        #expect(requests < 110)
    }

    @Test("a table where nothing can be read costs few requests, and a short run is found with a small step")
    func nothing() async throws {
        let (none, requests) = try await scan(Table(holes: Set(0...65535)), in: 0...65535, step: 1000)
        #expect(none.readable == [])
        #expect(requests < 90)
        let island = Table(holes: Set(0...999).subtracting(500...501))
        #expect(try await scan(island, step: 1).found.readable == [500...501])
    }

    @Test(
        "the longest request is learnt, however longer ones are refused",
        arguments: [ModbusException.illegalDataValue, .illegalDataAddress]
    )
    func limit(refusal: ModbusException) async throws {
        let (found, _) = try await scan(Table(holes: [700], limit: 60, refusal: refusal))
        #expect(found.limit == 60)
        #expect(found.readable == [0...699, 701...999])
        let (silent, _) = try await scan(Table(limit: 10, isSilentBeyondLimit: true))
        #expect(silent.limit == 10)
        #expect(silent.readable == [0...999])
    }

    @Test("a device that gives only pairs is asked for pairs")
    func pairs() async throws {
        let (found, _) = try await scan(Table(holes: Set(20...29), needsPairs: true), in: 0...99)
        #expect(found.needsPairs)
        #expect(found.readable == [0...19, 30...99])
    }

    @Test("the last address there is can be scanned")
    func lastAddress() async throws {
        let (found, _) = try await scan(Table(holes: [65530]), in: 65500...65535)
        #expect(found.readable == [65500...65529, 65531...65535])
    }

    @Test("a unit that falls silent ends the scan, and what was found stays")
    func lost() async throws {
        var scan = TableScan(.holding, in: 0...999, step: 16)
        var requests = 0
        await #expect(throws: ScanEnd.lostUnit) {
            try await scan.run { span throws(ScanEnd) in
                requests += 1
                return requests < 4 ? Table().read(span) : .silence
            }
        }
        #expect(scan.result.readable == [0...250])
        #expect(requests < 12)
    }
}

@Suite("Scanning simulated devices", .timeLimit(.minutes(1)))
struct ScanTests {
    private static let properties =
        Make.words(at: [0, 79])
        + [
            Make.property(
                "c",
                .boolean,
                ["register": "CoilRegister", "offset": 3],
                access: .readWrite,
                desired: "true"
            )
        ]

    /// Runs a scan to its end.
    private func scan(_ plan: ScanPlan) async throws -> ScanReport {
        let scan = ModbusScan(plan) { _ in }
        try await scan.run(logger: Logger(label: "test"))
        return scan.report
    }

    private func plan(_ line: String, pause: Duration = .zero) throws -> ScanPlan {
        var plan = ScanPlan(ModbusConnection(ip: "127.0.0.1", port: try #require(Self.port(in: line)), slaveID: 1))
        plan.pause = pause
        plan.timeout = .seconds(5)
        return plan
    }

    private static func port(in line: String) -> Int? { Int(line.split(separator: ":")[2].prefix { $0.isNumber }) }

    @Test("behind a gateway the units are found, with their tables, holes and limits; the profile of it is valid")
    func gateway() async throws {
        let devices = try [3, 9].map { try Make.device("d\($0)", Make.tcp(502, unit: $0), Self.properties) }
        let faults = ["d9:lacks=CoilRegister", "d9:illegal=HoldingRegister 40", "d9:limit=30"]
        try await withSimulator(of: devices, with: SimulationOptions(port: 0, faults: faults)) { lines in
            let report = try await scan(try plan(lines[0]))
            #expect(report.units.map(\.number) == [3, 9])
            #expect(report.unitsAsked == 249)
            #expect(!report.ignoresUnits && report.interruption == nil)
            let tables = report.units.map { unit in
                Dictionary(uniqueKeysWithValues: unit.tables.map { ($0.table, $0) })
            }
            #expect(tables[0][.holding]?.readable == [0...79])
            #expect(tables[0][.coil]?.readable == [3...3])
            #expect(tables[0][.coil]?.values == [3: 1])
            #expect(tables[0][.input]?.readable == [])
            #expect(tables[1][.holding]?.readable == [0...39, 41...79])
            #expect(tables[1][.holding]?.limit == 30)
            #expect(tables[1][.coil]?.state == .unknown)

            let path = FileManager.default.temporaryDirectory.appendingPathComponent("scan-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: path) }
            try ScanProfile(report).description.write(to: path, atomically: true, encoding: .utf8)
            let examined = ProfileLoader().examine([path.path])
            let (bound, findings) = DriverBinding(ModbusDriver()).bind(examined.profile)
            #expect(examined.diagnostics + findings == [])
            #expect(bound.map(\.config.slaveID) == [3, 9])
            #expect(bound.last?.config.maxRegistersPerRequest == 30)
            let session = try await ModbusDriver().open(try #require(bound.first))
            #expect(await session.read(try #require(bound.first).visitors).allSatisfy { $0.failure == nil })
            await session.close()
        }
    }

    @Test("on a serial line silent units cost their time-out, and a scan that is stopped keeps what it found")
    func serial() async throws {
        let config: ConfigNode = ["serialPort": "/dev/ttyNOWHERE", "slaveID": 2, "baudRate": 115_200]
        let device = try Make.device("d", config, Self.properties)
        try await withSimulator(of: [device]) { lines in
            let path = try #require(lines[0].split(separator: " ").first { $0.hasPrefix("/dev/") }.map(String.init))
            var plan = ScanPlan(ModbusConnection(serialPort: path, baudRate: 115_200, slaveID: 1))
            (plan.pause, plan.timeout, plan.units) = (.zero, .milliseconds(200), .listed([1, 2, 3]))
            plan.addresses = 0...99
            let report = try await scan(plan)
            #expect(report.units.map(\.number) == [2])
            #expect(report.units.first?.tables.first { $0.table == .holding }?.readable == [0...79])
        }
        try await withSimulator(of: [device]) { lines in
            let path = try #require(lines[0].split(separator: " ").first { $0.hasPrefix("/dev/") }.map(String.init))
            var plan = ScanPlan(ModbusConnection(serialPort: path, baudRate: 115_200, slaveID: 1))
            (plan.pause, plan.timeout) = (.zero, .milliseconds(200))
            let (found, news) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
            let endless = ModbusScan(plan) { if $0.found > 0 { news.yield($0.found) } }
            let task = Task { try await endless.run(logger: Logger(label: "test")) }
            for await _ in found { break }
            task.cancel()
            try await task.value
            #expect(endless.report.units.map(\.number) == [2])
            #expect(endless.report.interruption == "it was stopped")
        }
    }

    @Test("a way that cannot be opened is an error; what cannot be tried is said before")
    func unreachable() async throws {
        let server = try FaultyServer()
        let port = server.port
        server.stop()
        let error = await #expect(throws: DeviceError.self) {
            _ = try await scan(ScanPlan(ModbusConnection(ip: "127.0.0.1", port: port, slaveID: 1)))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message == "127.0.0.1:\(port) cannot be reached: Connection refused")
        let mistakes = ScanPlan(ModbusConnection(serialPort: "/dev/null", baudRate: 1, slaveID: 1)).mistakes
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("'baudRate' is 1 (110, 300, ") == true)
    }
}
