// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperKit

extension KeyGroup {
    /// The protocol section and the visitor of Bluetooth, with the groups in it.
    static let bluetooth = [
        KeyGroup(schema: .profile, pointer: "/definitions/bluetoothConnection") { key, value in
            let section: ConfigNode = key == "macAddress" ? ["name": "thermometer"] : connected
            // A source that there is in both modes.
            let place = bluetoothPlace(.int, ["source": "rssi"])
            return AnySequence([place.connected(by: section.trying(key, value)).trial(BluetoothDriver())])
        },
        KeyGroup(schema: .profile, pointer: "/definitions/bluetoothVisitor") { key, value in
            AnySequence(bluetoothPlaces.lazy.map { $0.visiting([key], value).trial(BluetoothDriver()) })
        },
        KeyGroup(schema: .profile, pointer: "/definitions/dataConverter") { key, value in
            // At most 8 bytes: the other end is where this one is.
            let end = min(max(value.flatMap(wholeNumber) ?? 0, 0), 511)
            let converter: ConfigNode = ["startIndex": ConfigNode(.int(end)), "endIndex": ConfigNode(.int(end))]
            let place = bluetoothPlaces[0].visiting(["dataConverter"], converter.trying(key, value))
            return AnySequence([place.trial(BluetoothDriver())])
        },
        KeyGroup(schema: .profile, pointer: "/definitions/converterOperation") { key, value in
            let operation: ConfigNode = ["operationType": "Add", "operationValue": 1]
            let converter: ConfigNode = ["orderOfOperations": [operation.trying(key, value)]]
            return AnySequence([bluetoothPlaces[0].visiting(["dataConverter"], converter).trial(BluetoothDriver())])
        },
    ]

    private static let connected: ConfigNode = ["macAddress": "BC:6A:29:AE:CC:96"]
    private static let heard: ConfigNode = ["macAddress": "BC:6A:29:AE:CC:96", "mode": "advertisement"]

    private static func wholeNumber(_ node: ConfigNode) -> Int64? {
        switch node.content {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        case .string(let text): Int64(text)
        case .null, .boolean, .sequence, .mapping: nil
        }
    }

    /// Properties of every type, in places where each key of a visitor can be used.
    private static let bluetoothPlaces: [DriverPlace] = [
        bluetoothPlace(.int, characteristic),
        bluetoothPlace(.int, characteristic, access: .readWrite),
        bluetoothPlace(.float, characteristic),
        bluetoothPlace(.string, characteristic, access: .readWrite),
        bluetoothPlace(.string, characteristic.changing(["dataType"], to: "int16")),
        bluetoothPlace(.boolean, characteristic),
        bluetoothPlace(.bytes, characteristic),
        bluetoothPlace(.int, characteristic.changing(["bit"], to: 0)),
        bluetoothPlace(.int, characteristic.changing(["bit"], to: 0).changing(["bitCount"], to: 2)),
        bluetoothPlace(.int, ["source": "rssi"]),
        bluetoothPlace(.int, ["source": "manufacturerData", "companyID": 1]).connected(by: heard),
        bluetoothPlace(.int, ["source": "serviceData", "serviceDataUUID": "fcd2"]).connected(by: heard),
        bluetoothPlace(.string, ["source": "beacon", "field": "uuid"]).connected(by: heard),
        bluetoothPlace(.int, ["companyID": 1]).connected(by: heard),
        bluetoothPlace(.int, ["serviceDataUUID": "fcd2"]).connected(by: heard),
        bluetoothPlace(.int, ["field": "battery"]).connected(by: heard),
        bluetoothPlace(.int, [:]),
    ]

    private static let characteristic: ConfigNode = ["characteristicUUID": "2a19"]

    private static func bluetoothPlace(
        _ type: DataType,
        _ visitor: ConfigNode,
        access: AccessMode = .readOnly
    ) -> DriverPlace {
        DriverPlace(connection: connected, type: type, access: access, visitor: visitor)
    }
}
