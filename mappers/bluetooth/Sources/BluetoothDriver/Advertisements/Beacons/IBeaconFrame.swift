// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads Apple's proximity beacon (Proximity Beacon Specification, release R1).
enum IBeaconFrame {
    /// Apple's number among the companies.
    static let company: UInt16 = 0x004C

    /// Whether Apple's data is a proximity beacon; most of it is something else.
    static func matches(_ data: [UInt8]) -> Bool { data.starts(with: [0x02, 0x15]) }

    /// UUID, major and minor number with the most significant byte first, strength at one meter.
    static func reading(_ data: [UInt8]) throws(BeaconError) -> BeaconReading {
        var cursor = BeaconCursor(data.dropFirst(2), format: .iBeacon)
        var fields = BeaconFields()
        guard let uuid = BluetoothUUID(littleEndian: try cursor.bytes(16).reversed()) else {
            throw .truncated(.iBeacon)
        }
        fields.add(.uuid, .string(uuid.description))
        fields.add(.major, .int(try cursor.big(2)))
        fields.add(.minor, .int(try cursor.big(2)))
        fields.add(.measuredPower, .int(try cursor.signedBig(1)))
        return BeaconReading(format: .iBeacon, fields: fields.values)
    }
}
