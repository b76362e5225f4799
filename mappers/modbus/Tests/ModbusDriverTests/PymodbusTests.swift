// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Against pymodbus, every type in every byte order", .timeLimit(.minutes(5)))
struct PymodbusTests {
    private func property(_ name: String, _ row: PymodbusPeer.Case, at address: Int) throws -> Property {
        var entries = row.visitor.map { ConfigNode.Entry($0.key, ConfigNode(.string($0.value))) }
        entries.append(ConfigNode.Entry("offset", ConfigNode(.int(Int64(address)))))
        let minimum = row.minimum.flatMap { Int64($0) }.map { PropertyValue.int($0) }
        return Make.property(
            name,
            try #require(DataType(rawValue: row.model)),
            ConfigNode(.mapping(entries)),
            access: .readWrite,
            range: ValueRange(minimum: minimum)
        )
    }

    private func printTable(_ cases: [PymodbusPeer.Case], read: [String], written: [String]) {
        guard ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_TABLE"] != nil else { return }
        print("| type | order | registers | value read | value written | agreed |")
        print("|---|---|---|---|---|---|")
        for (row, (read, written)) in zip(cases, zip(read, written)) {
            let registers = row.registers.map { "0000\(String($0, radix: 16, uppercase: true))".suffix(4) }
            let agreed = read == row.value && written == row.value ? "yes" : "no, it is \(row.value)"
            let cells = [row.type, row.order, registers.joined(separator: " "), read, written, agreed]
            print("| \(cells.joined(separator: " | ")) |")
        }
    }

    @Test(
        "what pymodbus stores is read as meant, what is written pymodbus reads as meant",
        .enabled(if: PymodbusPeer.isAvailable, "needs the Debian packages python3-pymodbus and python3-serial-asyncio")
    )
    func bothWays() async throws {
        let peer = try PymodbusPeer()
        defer { peer.stop() }
        let report = try peer.report()
        try #require(report.cases.count > 400)
        let toRead = try report.cases.map { try property("r\($0.address)", $0, at: $0.address) }
        let toWrite = try report.cases.map { try property("w\($0.address)", $0, at: $0.address + report.writable) }
        let device = try Make.device(Make.tcp(report.port, timeout: 30_000), toRead + toWrite)
        let driver = ModbusDriver()
        let session = try await driver.open(device)

        let visitors = Array(device.visitors.prefix(toRead.count))
        let results = await session.read(visitors)
        let read = try zip(visitors, results).map { visitor, result in
            try driver.value(of: result.get(), for: visitor).text
        }
        for (visitor, row) in zip(device.visitors.dropFirst(toRead.count), report.cases) {
            let value = try visitor.property.model.desiredValue(parsing: row.value)
            try await session.write(driver.rawValue(of: value, for: visitor), to: visitor)
        }
        await session.close()
        let written = try peer.written()

        printTable(report.cases, read: read, written: written)
        try #require(read.count == report.cases.count && written.count == report.cases.count)
        for (row, (read, written)) in zip(report.cases, zip(read, written)) {
            #expect(read == row.value, "\(row.type) \(row.order) read from \(row.registers)")
            #expect(written == row.value, "\(row.type) \(row.order) written")
        }
    }
}
