// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Advertising reports")
struct AdvertisementReportTests {
    private static let legacy = beaconBytes(
        "04 3E2A 02 01 00 00 892012342D58 1E 020106 1A1695FE58586F0607892012342D585F176DD54F0200002FA453FA AF"
    )

    /// An extended event with one report.
    private static func extended(
        type: UInt16,
        address: [UInt8] = [6, 5, 4, 3, 2, 1],
        kind: UInt8 = 1,
        set: UInt8 = 0,
        _ data: [UInt8]
    ) -> [UInt8] {
        let record =
            [UInt8(type & 0xFF), UInt8(type >> 8), kind] + address + [1, 0, set, 127, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0]
            + [UInt8(data.count)] + data
        return [0x3E, UInt8(record.count + 2), 0x0D, 1] + record
    }

    private static func advertisement(_ packet: [UInt8]) throws -> Advertisement {
        var assembly = AdvertisementAssembly()
        let reports = HCIAdvertisingReport.reports(in: packet)
        return try #require(reports.first.flatMap { assembly.add($0, at: .seconds(7)) })
    }

    @Test("a legacy report is an advertisement, with and without the type of the packet in front")
    func legacyReport() throws {
        for packet in [Self.legacy, Array(Self.legacy.dropFirst())] {
            let heard = try Self.advertisement(packet)
            #expect(heard.address.description == "58:2D:34:12:20:89" && heard.kind == .public)
            #expect(heard.rssi == -81 && heard.isConnectable && !heard.isScanResponse && !heard.isTruncated)
            #expect(heard.uptime == .seconds(7))
            #expect(heard.data.flags == 0x06)
            #expect(heard.data.serviceData[BluetoothUUID(0xFE95)]?.count == 23)
        }
    }

    @Test("several reports of one event are all read")
    func several() {
        let packet = beaconBytes("3E 1C 02 02  03 01 060504030201 03 020106 C4  04 00 160504030201 00 7F")
        let reports = HCIAdvertisingReport.reports(in: packet)
        #expect(reports.map(\.address.description) == ["01:02:03:04:05:06", "01:02:03:04:05:16"])
        #expect(reports.map(\.kind) == [.random, .public])
        #expect(reports.map(\.isConnectable) == [false, false])
        #expect(reports.map(\.isScanResponse) == [false, true])
        #expect(reports.map(\.rssi) == [-60, nil])
        #expect(reports.map(\.data) == [[2, 1, 6], []])
    }

    @Test("an extended report tells connectable, scan response, set and strength")
    func extendedReport() throws {
        let heard = try Self.advertisement(Self.extended(type: 0x13, [2, 1, 6]))
        #expect(heard.address.description == "01:02:03:04:05:06" && heard.kind == .random)
        #expect(heard.isConnectable && !heard.isScanResponse && heard.rssi == -60 && heard.data.flags == 6)
        let response = try Self.advertisement(Self.extended(type: 0x1B, kind: 2, [2, 10, 4]))
        #expect(response.isScanResponse && response.kind == .public && response.data.txPower == 4)
        #expect(try Self.advertisement(Self.extended(type: 0x10, kind: 3, [])).isConnectable == false)
        #expect(HCIAdvertisingReport.reports(in: Self.extended(type: 0x13, kind: 0xFF, [])).isEmpty)
    }

    @Test("fragments are put together, also when others come between them")
    func fragments() throws {
        var assembly = AdvertisementAssembly()
        func add(_ packet: [UInt8]) -> [Advertisement] {
            HCIAdvertisingReport.reports(in: packet).compactMap { assembly.add($0, at: .zero) }
        }
        let other: [UInt8] = [1, 1, 1, 1, 1, 1]
        #expect(add(Self.extended(type: 0x20, [5, 9, 0x61])).isEmpty)
        #expect(add(Self.extended(type: 0x20, set: 1, [2])).isEmpty)
        #expect(add(Self.extended(type: 0x00, address: other, [2, 1, 4])).map(\.data.flags) == [4])
        let whole = add(Self.extended(type: 0x00, [0x62, 0x63, 0x64]))
        #expect(whole.map(\.data.localName) == ["abcd"] && whole.map(\.isTruncated) == [false])
        let cut = add(Self.extended(type: 0x40, set: 1, [1, 6, 5, 9]))
        #expect(cut.map(\.data.flags) == [6] && cut.map(\.isTruncated) == [true])
        #expect(assembly.waitingCount == 0)
    }

    @Test("a beginning whose end did not come is not glued to what comes much later")
    func stale() throws {
        var assembly = AdvertisementAssembly()
        let beginning = try #require(HCIAdvertisingReport.reports(in: Self.extended(type: 0x20, [5, 9, 0x61])).first)
        let whole = try #require(HCIAdvertisingReport.reports(in: Self.extended(type: 0x00, [2, 1, 6])).first)
        #expect(assembly.add(beginning, at: .seconds(1)) == nil)
        #expect(assembly.add(whole, at: .seconds(7))?.data.flags == 6)
        #expect(assembly.waitingCount == 0)
    }

    @Test("advertisements that never end are given up")
    func bounded() {
        var assembly = AdvertisementAssembly()
        var given: [Advertisement] = []
        for round in 0..<20 {
            for sender in 0..<UInt8(100) {
                let packet = Self.extended(
                    type: 0x20,
                    address: [sender, 0, 0, 0, 0, 0],
                    Array(repeating: UInt8(round), count: 200)
                )
                for report in HCIAdvertisingReport.reports(in: packet) {
                    if let heard = assembly.add(report, at: .zero) { given.append(heard) }
                }
                #expect(assembly.waitingCount <= 32)
            }
        }
        #expect(given.isEmpty)
        let endless = Self.extended(type: 0x20, Array(repeating: 1, count: 200))
        for _ in 0..<9 {
            for report in HCIAdvertisingReport.reports(in: endless) {
                if let heard = assembly.add(report, at: .zero) { given.append(heard) }
            }
        }
        #expect(given.map(\.isTruncated) == [true])
    }

    @Test("events that are cut off, or none, have no reports beyond the cut")
    func cutOff() {
        for length in 0..<Self.legacy.count {
            #expect(HCIAdvertisingReport.reports(in: Self.legacy.prefix(length)).isEmpty)
        }
        let extended = Self.extended(type: 0, [2, 1, 6])
        for length in 0..<extended.count {
            #expect(HCIAdvertisingReport.reports(in: extended.prefix(length)).isEmpty)
        }
        // Another subevent, another event, a count beyond the records, a type that there is not.
        #expect(HCIAdvertisingReport.reports(in: beaconBytes("3E 02 01 01")).isEmpty)
        #expect(HCIAdvertisingReport.reports(in: beaconBytes("0E 04 01 0C20 00")).isEmpty)
        #expect(HCIAdvertisingReport.reports(in: beaconBytes("3E 0C 02 FF 00 00 060504030201 00 C4")).count == 1)
        #expect(HCIAdvertisingReport.reports(in: beaconBytes("3E 0C 02 01 09 00 060504030201 00 C4")).isEmpty)
    }
}
