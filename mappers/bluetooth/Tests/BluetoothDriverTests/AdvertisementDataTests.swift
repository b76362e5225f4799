// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Advertisement data")
struct AdvertisementDataTests {
    @Test("structures of every kind are read")
    func kinds() throws {
        let data = AdvertisementData(
            parsing: beaconBytes(
                """
                02 01 06  05 03 0F18 0A18  05 05 78563412  03 02 0F18  02 0A F4  05 09 74657374
                11 07 FB349B5F80000080 00100000 0F180000  05 FF 4C00 1005  04 16 0F18 64  06 20 78563412 01
                13 21 00000000 000000B0 00405104 01AA00F0 0203
                """
            )
        )
        #expect(data.flags == 0x06)
        #expect(data.localName == "test" && !data.isNameShortened)
        #expect(data.txPower == -12)
        #expect(data.serviceUUIDs == [BluetoothUUID(0x180F), BluetoothUUID(0x180A)] + [BluetoothUUID("12345678")])
        #expect(data.manufacturerData == [0x004C: [0x10, 0x05]])
        #expect(
            data.serviceData == [
                BluetoothUUID(0x180F): [0x64], try #require(BluetoothUUID("12345678")): [0x01],
                try #require(BluetoothUUID("f000aa0104514000b000000000000000")): [0x02, 0x03],
            ]
        )
    }

    @Test(
        "broken data gives what stands before the break",
        arguments: [
            "", "00", "05", "FF", "02", "0201", "02 01 06 FF", "02 01 06 05 09 61", "02 01 06 00 05 09 61626364",
            "02 01 06 01 09", "02 01 06 02 03 0F 02 16 0F 02 FF 4C 01 0A 01 01",
        ]
    )
    func broken(hexadecimal: String) {
        let data = AdvertisementData(parsing: beaconBytes(hexadecimal))
        #expect(data.flags == (hexadecimal.hasPrefix("02 01 06") ? 0x06 : nil))
        #expect(data.serviceUUIDs.isEmpty && data.serviceData.isEmpty && data.manufacturerData.isEmpty)
        #expect(data.localName ?? "" == "")
    }

    @Test("a scan response completes the advertisement before it")
    func merged() {
        var data = AdvertisementData(parsing: beaconBytes("02 01 06 03 08 6162 03 03 0F18 04 16 0F18 64"))
        #expect(data.localName == "ab" && data.isNameShortened)
        data.merge(AdvertisementData(parsing: beaconBytes("04 09 616263 05 03 0F18 0A18 04 16 0F18 63 02 0A 04")))
        #expect(data.flags == 0x06 && data.txPower == 4)
        #expect(data.localName == "abc" && !data.isNameShortened)
        #expect(data.serviceUUIDs == [BluetoothUUID(0x180F), BluetoothUUID(0x180A)])
        #expect(data.serviceData == [BluetoothUUID(0x180F): [0x63]])
        data.merge(AdvertisementData(parsing: beaconBytes("03 08 6162")))
        #expect(data.localName == "abc" && !data.isNameShortened)
    }

    @Test("a name that is no UTF-8 is repaired, and ends at a zero")
    func names() {
        #expect(AdvertisementData(parsing: beaconBytes("04 09 61FF62")).localName == "a\u{FFFD}b")
        #expect(AdvertisementData(parsing: beaconBytes("04 09 610000")).localName == "a")
    }
}
