// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads BTHome version 2 (bthome.io, "BLE advertising in the BTHome v2 format").
struct BTHomeFrame {
    /// The service whose data they are.
    static let service = BluetoothUUID(0xFCD2)

    /// What the device says of itself: bit 0 encrypted, bit 1 address included, bits 5 to 7 version.
    private let information: UInt8
    private let includedAddress: BluetoothAddress?
    private let body: ArraySlice<UInt8>

    init(_ data: [UInt8]) throws(BeaconError) {
        var cursor = BeaconCursor(data, format: .bthome)
        information = try cursor.byte()
        guard information >> 5 == 2 else { throw .malformed(.bthome, "the version \(information >> 5)") }
        includedAddress = information & 0x02 == 0 ? nil : try cursor.reversedAddress()
        body = cursor.rest
    }

    var isEncrypted: Bool { information & 0x01 != 0 }

    /// The objects of a frame in the clear.
    func fields() throws(BeaconError) -> [String: BeaconValue] { try Self.fields(body) }

    /// The encrypted part: ciphertext, counter, tag; the nonce is address, service, information and counter.
    func sealed(from address: BluetoothAddress) throws(BeaconError) -> SealedBeacon {
        guard body.count >= 8 else { throw .truncated(.bthome) }
        var cursor = BeaconCursor(body.suffix(8), format: .bthome)
        let counter = try cursor.bytes(4)
        let nonce = (includedAddress ?? address).bytes + Self.service.littleEndianBytes + [information] + counter
        return SealedBeacon(
            format: .bthome,
            ciphertext: Array(body.dropLast(8)),
            tag: try cursor.bytes(4),
            nonce: nonce,
            associatedData: [],
            counter: counter.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        )
    }

    /// Reads objects up to the first unknown one, whose length nobody knows.
    static func fields(_ payload: some Collection<UInt8>) throws(BeaconError) -> [String: BeaconValue] {
        var cursor = BeaconCursor(payload, format: .bthome)
        var fields = BeaconFields()
        while let id = cursor.rest.first, let object = BTHomeObject.table[id] {
            _ = try cursor.byte()
            try object.add(&cursor, to: &fields)
        }
        return fields.values
    }
}
