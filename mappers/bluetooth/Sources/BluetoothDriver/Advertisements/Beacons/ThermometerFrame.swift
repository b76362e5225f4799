// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads what the free firmwares of Xiaomi's thermometers send as data of the environmental sensing service.
enum ThermometerFrame {
    /// The service whose data they are.
    static let service = BluetoothUUID(0x181A)

    /// The format, which the length tells; `nil` for data of other devices.
    ///
    /// Both have a shorter encrypted form.
    static func format(of data: [UInt8]) -> BeaconFormat? {
        switch data.count {
        case 8, 13: .atc
        case 11, 15: .pvvx
        default: nil
        }
    }

    /// atc1441: all numbers with the most significant byte first.
    static func atc(_ data: [UInt8], from address: BluetoothAddress) throws(BeaconError) -> BeaconReading {
        guard data.count == 13 else { throw .encrypted(.atc) }
        var cursor = BeaconCursor(data, format: .atc)
        var fields = BeaconFields()
        try check(BluetoothAddress(littleEndian: try cursor.bytes(6).reversed()), is: address, .atc)
        fields.add(.temperature, BeaconScale.tenths.value(try cursor.signedBig(2)))
        fields.add(.humidity, .int(try cursor.big(1)))
        fields.add(.battery, .int(try cursor.big(1)))
        fields.add(.voltage, BeaconScale.thousandths.value(try cursor.big(2)))
        fields.add(.packetID, .int(try cursor.big(1)))
        return BeaconReading(format: .atc, fields: fields.values)
    }

    /// pvvx: all numbers, and the address, with the least significant byte first.
    static func pvvx(_ data: [UInt8], from address: BluetoothAddress) throws(BeaconError) -> BeaconReading {
        guard data.count == 15 else { throw .encrypted(.pvvx) }
        var cursor = BeaconCursor(data, format: .pvvx)
        var fields = BeaconFields()
        try check(try cursor.reversedAddress(), is: address, .pvvx)
        fields.add(.temperature, BeaconScale.hundredths.value(try cursor.signedLittle(2)))
        fields.add(.humidity, BeaconScale.hundredths.value(try cursor.little(2)))
        fields.add(.voltage, BeaconScale.thousandths.value(try cursor.little(2)))
        fields.add(.battery, .int(try cursor.little(1)))
        fields.add(.packetID, .int(try cursor.little(1)))
        fields.add(.flags, .int(try cursor.little(1)))
        return BeaconReading(format: .pvvx, fields: fields.values)
    }

    private static func check(
        _ named: BluetoothAddress?,
        is address: BluetoothAddress,
        _ format: BeaconFormat
    ) throws(BeaconError) {
        if let named, named != address { throw .otherDevice(format, named) }
    }
}
