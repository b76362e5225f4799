// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Advertisements of chance")
struct AdvertisementFuzzTests {
    /// Draws the same numbers in every run (SplitMix64).
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    /// One valid advertisement of every format, as an event of the adapter.
    private static let seeds: [[UInt8]] =
        [
            "02011A 1AFF4C000215E2C56DB5DFFB48D2B060D0F5A71096E000010002C5",
            "0303AAFE 1516AAFE00EE00010203040506070809A1A2A3A4A5A6", "0303AAFE 0D16AAFE10BA03676F6F676C6507",
            "0303AAFE 1116AAFE20000BB8194000000064000003E8", "020106 0B094449592D73656E736F72 0A16D2FC4002C40903BF13",
            "020106 1216D2FC41A47266C95F730011223378237214", "020106 1516D2FC4053054869486948 3A013B0103053C0203",
            "020106 1A1695FE58586F0607892012342D585F176DD54F0200002FA453FA",
            "020106 151695FE5020AA01DA219335342D580D1004FE004802", "10161A18A4C13801020300D732550B0E2A",
            "12161A1803020138C1A4F3FDD711AB0B4A0705",
            "1121000000000 0B0004051040100AA00F0000203 020A04 0908746573747465",
        ].map { data in
            let bytes = beaconBytes(data)
            return [
                0x04, 0x3E, UInt8(bytes.count + 12), 2, 1, 0, 0, 0x89, 0x20, 0x12, 0x34, 0x2D, 0x58, UInt8(bytes.count),
            ]
                + bytes + [0xC4]
        } + [
            [
                0x3E, 35, 0x0D, 1, 0x20, 0, 1, 1, 2, 3, 4, 5, 6, 1, 0, 0, 127, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3, 3,
                0xAA, 0xFE, 2, 1, 6,
            ]
        ]

    private static func mutated(_ packet: [UInt8], _ chance: inout Chance) -> [UInt8] {
        var packet = packet
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            let position = Int.random(in: 0...packet.count, using: &chance)
            switch Int.random(in: 0..<6, using: &chance) {
            case 0: packet = Array(packet.prefix(position))
            case 1: packet.insert(UInt8.random(in: 0...255, using: &chance), at: position)
            case 2 where position < packet.count: packet.remove(at: position)
            case 3: packet += packet.suffix(8)
            case _ where position < packet.count: packet[position] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            default: break
            }
        }
        return packet
    }

    @Test("200 000 broken advertisements are read without a trap, and never say more than fits into them")
    func fuzz() throws {
        var chance = Chance(state: 0xB1E)
        var assembly = AdvertisementAssembly()
        let address = try #require(BluetoothAddress("58:2D:34:12:20:89"))
        var decoders = [
            BeaconDecoder(address: address),
            BeaconDecoder(address: address, key: BindKey("a3bfe9853dd85a620debe3620caaa351")),
        ]
        var (heard, read, refused) = (0, 0, 0)
        for round in 0..<200_000 {
            let packet = Self.mutated(Self.seeds[round % Self.seeds.count], &chance)
            for report in HCIAdvertisingReport.reports(in: packet) {
                guard let advertisement = assembly.add(report, at: .milliseconds(round)) else { continue }
                heard += 1
                for outcome in decoders[round & 1].decode(advertisement.data) {
                    switch outcome {
                    case .success(let reading):
                        read += 1
                        if reading.fields.count > packet.count { Issue.record("\(packet)") }
                    case .failure: refused += 1
                    }
                }
                if let name = advertisement.data.localName, name.utf8.count > 3 * packet.count {
                    Issue.record("\(packet)")
                }
            }
            // The data without the event around it, which is more often whole.
            let data = AdvertisementData(parsing: packet.dropFirst(14))
            for outcome in decoders[round & 1].decode(data) {
                if case .success = outcome { read += 1 } else { refused += 1 }
            }
            if data.serviceUUIDs.count > packet.count { Issue.record("\(packet)") }
        }
        // The mutations must leave enough whole for every path to be taken.
        #expect(heard > 20_000 && read > 20_000 && refused > 20_000 && assembly.waitingCount <= 32)
    }

    @Test("random bytes are no advertisements, and no trap")
    func noise() throws {
        var chance = Chance(state: 7)
        var decoder = try BeaconDecoder("58:2D:34:12:20:89", key: "a3bfe9853dd85a620debe3620caaa351")
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...80, using: &chance)).map { _ in
                UInt8.random(in: 0...255, using: &chance)
            }
            _ = HCIAdvertisingReport.reports(in: [0x3E, UInt8(bytes.count), 0x0D] + bytes)
            for service: UInt16 in [0xFEAA, 0xFCD2, 0xFE95, 0x181A] {
                var data = AdvertisementData()
                data.serviceData[BluetoothUUID(service)] = bytes
                #expect(decoder.decode(data).count <= 1)
            }
        }
    }
}
