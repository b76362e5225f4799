// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import Testing

@Suite("Names of things")
struct NameTests {
    @Test(
        "a UUID is read in every spelling",
        arguments: [
            ("180f", "180f"), ("0x180F", "180f"), ("0000180F", "180f"),
            ("0000180f-0000-1000-8000-00805f9b34fb", "180f"), ("0000180F00001000800000805F9B34FB", "180f"),
            ("f000aa0104514000b000000000000000", "f000aa01-0451-4000-b000-000000000000"),
            ("F000AA01-0451-4000-B000-000000000000", "f000aa01-0451-4000-b000-000000000000"),
            ("00010203", "00010203-0000-1000-8000-00805f9b34fb"),
        ]
    )
    func spellings(text: String, canonical: String) throws {
        let uuid = try #require(BluetoothUUID(text))
        #expect(uuid.description == canonical)
        #expect(BluetoothUUID(littleEndian: uuid.littleEndianBytes) == uuid)
    }

    @Test("what is no UUID is refused", arguments: ["", "18", "180", "180g", "-", "180f180f1", "+80f", "0x"])
    func noUUID(text: String) { #expect(BluetoothUUID(text) == nil) }

    @Test("addresses are read with colons, dashes or nothing")
    func addresses() throws {
        let address = try #require(BluetoothAddress("BC:6A:29:AE:CC:06"))
        #expect(address.description == "BC:6A:29:AE:CC:06")
        #expect(address.littleEndianBytes == [0x06, 0xCC, 0xAE, 0x29, 0x6A, 0xBC])
        #expect(BluetoothAddress(littleEndian: address.littleEndianBytes) == address)
        for text in ["bc-6a-29-ae-cc-06", "bc6a29aecc06"] { #expect(BluetoothAddress(text) == address) }
        for text in [
            "", "BC:6A:29:AE:CC", "BC:6A:29:AE:CC:0", "BC:6A:29:AE:CC:0G", "B:C6A29AECC06", "BC:6A:29:AE:CC:06:07",
        ] {
            #expect(BluetoothAddress(text) == nil)
        }
    }
}
