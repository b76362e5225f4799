// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is what a property comes to on one connection: its characteristic, and what its bytes mean.
struct CharacteristicBinding: Sendable {
    var property: String
    var characteristic: GATTCharacteristic
    var codec: ValueCodec
    /// Whether the peripheral sends its values by itself.
    var isSubscribed = false

    /// Whether a value that may be the beginning of a longer one has to be read instead.
    var readsCutValues: Bool { codec.takesAllOctets && characteristic.properties.contains(.read) }
}

extension BluetoothVisitor {
    /// The standard characteristic of a battery's charge.
    private static let batteryLevel = GATTPlace(
        characteristic: BluetoothUUID(0x2A19),
        service: BluetoothUUID(0x180F)
    )

    /// Where a connected peripheral has the value; `nil` for what no characteristic has.
    var place: GATTPlace? {
        switch source {
        case .characteristic:
            characteristicUUID.map { GATTPlace(characteristic: $0, service: serviceUUID, instance: instance) }
        case .battery: Self.batteryLevel
        case .rssi, .lastSeen, .manufacturerData, .serviceData, .beacon: nil
        }
    }
}
