// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Has valid advertisements of every format, as events of the adapter.
enum AdvertisementSamples {
    /// Whose they are.
    static let address = "58:2D:34:12:20:89"
    /// What opens those that are encrypted.
    static let keys = ["a3bfe9853dd85a620debe3620caaa351", "231d39c1d7cc1ab1aee224cd096db932"]

    static let events: [[UInt8]] = legacy + [extended]

    private static let legacy: [[UInt8]] = [
        "02011A1AFF4C000215E2C56DB5DFFB48D2B060D0F5A71096E000010002C5",
        "0303AAFE1516AAFE00EE00010203040506070809A1A2A3A4A5A6", "0303AAFE0D16AAFE10BA03676F6F676C6507",
        "0303AAFE1116AAFE20000BB8194000000064000003E8", "0201060B094449592D73656E736F720A16D2FC4002C40903BF13",
        "0201061216D2FC41A47266C95F730011223378237214", "0201061516D2FC4053054869486948203A013B0103053C0203",
        "0201061A1695FE58586F0607892012342D585F176DD54F0200002FA453FA",
        "020106151695FE5020AA01DA219335342D580D1004FE004802", "10161A18A4C13801020300D732550B0E2A",
        "12161A1803020138C1A4F3FDD711AB0B4A0705", "11210000000000B0004051040100AA00F0000203020A040908746573747465",
    ].map { text in
        let data = HexText.octets(text) ?? []
        let head: [UInt8] = [0x04, 0x3E, UInt8(data.count + 12), 2, 1, 0, 0, 0x89, 0x20, 0x12, 0x34, 0x2D, 0x58]
        return head + [UInt8(data.count)] + data + [0xC4]
    }

    private static let extended: [UInt8] = [
        0x3E, 35, 0x0D, 1, 0x20, 0, 1, 1, 2, 3, 4, 5, 6, 1, 0, 0, 127, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3, 3, 0xAA,
        0xFE, 2, 1, 6,
    ]
}
#endif
