// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads Xiaomi's MiBeacon, versions 2 to 5 (iot.mi.com, "MiBeacon protocol").
struct MiBeaconFrame {
    /// The service whose data they are.
    static let service = BluetoothUUID(0xFE95)

    /// The bits of the frame's first two bytes.
    private struct Control: OptionSet {
        let rawValue: UInt16

        static let encrypted = Control(rawValue: 1 << 3)
        static let address = Control(rawValue: 1 << 4)
        static let capability = Control(rawValue: 1 << 5)
        static let object = Control(rawValue: 1 << 6)
        static let mesh = Control(rawValue: 1 << 7)

        var version: UInt16 { rawValue >> 12 }
    }

    private let control: Control
    /// Number of the product, two bytes, and counter of the frames.
    private let head: [UInt8]
    private let body: ArraySlice<UInt8>

    init(_ data: [UInt8], from address: BluetoothAddress) throws(BeaconError) {
        var cursor = BeaconCursor(data, format: .miBeacon)
        control = Control(rawValue: UInt16(truncatingIfNeeded: try cursor.little(2)))
        head = try cursor.bytes(3)
        guard control.version >= 2 else { throw .malformed(.miBeacon, "the version \(control.version)") }
        guard !control.contains(.mesh) else { throw .malformed(.miBeacon, "a part of a mesh") }
        if control.contains(.address) {
            let named = try cursor.reversedAddress()
            guard named == address else { throw .otherDevice(.miBeacon, named) }
        }
        // Bit 5 of the capabilities announces another byte about inputs and outputs.
        if control.contains(.capability), try cursor.byte() & 0x20 != 0 { _ = try cursor.byte() }
        body = cursor.rest
    }

    /// Whether it tells more than that the device is there.
    var hasObjects: Bool { control.contains(.object) }

    var isEncrypted: Bool { hasObjects && control.contains(.encrypted) }

    /// The encrypted part of versions 4 and 5: ciphertext, upper three bytes of the counter, tag.
    ///
    /// The nonce is the address from its end, product and counter; the frame's own counter is the counter's lowest byte.
    func sealed(from address: BluetoothAddress) throws(BeaconError) -> SealedBeacon {
        // Older versions have another nonce and no tag that would show a wrong key.
        guard control.version >= 4 else { throw .encrypted(.miBeacon) }
        guard body.count >= 7 else { throw .truncated(.miBeacon) }
        var cursor = BeaconCursor(body.suffix(7), format: .miBeacon)
        let upper = try cursor.bytes(3)
        return SealedBeacon(
            format: .miBeacon,
            ciphertext: Array(body.dropLast(7)),
            tag: try cursor.bytes(4),
            nonce: address.littleEndianBytes + head + upper,
            associatedData: [0x11],
            counter: upper.reversed().reduce(0) { $0 << 8 | UInt32($1) } << 8 | UInt32(head[2])
        )
    }

    /// What frame and objects tell.
    /// - Parameter payload: The decrypted objects; `nil` for those of a frame in the clear.
    func fields(payload: [UInt8]? = nil) throws(BeaconError) -> [String: BeaconValue] {
        var fields = BeaconFields()
        fields.add(.productID, .int(Int64(head[0]) | Int64(head[1]) << 8))
        fields.add(.packetID, .int(Int64(head[2])))
        guard hasObjects else { return fields.values }
        var cursor = BeaconCursor(payload ?? Array(body), format: .miBeacon)
        // Some devices fill up with zeros, too few for an object.
        while cursor.rest.count >= 3 {
            let type = UInt16(truncatingIfNeeded: try cursor.little(2))
            let data = try cursor.bytes(Int(try cursor.byte()))
            try MiBeaconObject.add(type, data, to: &fields)
        }
        return fields.values
    }
}
