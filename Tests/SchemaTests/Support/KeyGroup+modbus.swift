// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import ModbusDriver

extension KeyGroup {
    /// The protocol section and the visitor of Modbus.
    static let modbus = [
        KeyGroup(schema: .profile, pointer: "/definitions/modbusConnection") { key, value in
            AnySequence(
                modbusConnections(for: key).lazy.map { section in
                    modbusPlaces[0].connected(by: section.trying(key, value)).trial(ModbusDriver())
                }
            )
        },
        KeyGroup(schema: .profile, pointer: "/definitions/modbusVisitor") { key, value in
            AnySequence(modbusPlaces.lazy.map { $0.visiting([key], value).trial(ModbusDriver()) })
        },
    ]

    private static let tcp: ConfigNode = ["ip": "127.0.0.1"]
    private static let line: ConfigNode = ["serialPort": "/dev/ttyS0", "slaveID": 1]
    private static let both: ConfigNode = ["serialPort": "/dev/ttyS0", "slaveID": 1, "ip": "127.0.0.1"]

    /// Protocol sections in which a key means something: what is not used is not looked at by the driver.
    private static func modbusConnections(for key: String) -> [ConfigNode] {
        switch key {
        case "baudRate", "dataBits", "parity", "stopBits", "serialType", "rts": [line]
        case "ip": [both.changing(["communicateMode"], to: "RTU")]
        case "serialPort": [both.changing(["communicateMode"], to: "TCP")]
        case "communicateMode": [both, tcp]
        default: [tcp]
        }
    }

    /// Properties of every type, in places where each key of a visitor can be used.
    private static let modbusPlaces: [DriverPlace] = [
        modbusPlace(.int, ["register": "HoldingRegister", "offset": 1]),
        modbusPlace(.int, ["register": "HoldingRegister", "offset": 1], access: .readWrite),
        modbusPlace(.boolean, ["register": "CoilRegister", "offset": 1], access: .readWrite),
        modbusPlace(.float, ["register": "InputRegister", "offset": 1]),
        modbusPlace(.float, ["register": "InputRegister", "offset": 1, "limit": 1], minimum: -1),
        modbusPlace(.double, ["register": "InputRegister", "offset": 1]),
        modbusPlace(.string, ["register": "HoldingRegister", "offset": 1, "limit": 2]),
        modbusPlace(.string, ["register": "HoldingRegister", "offset": 1]),
        modbusPlace(.string, ["register": "HoldingRegister", "offset": 1, "dataType": "int16"]),
        modbusPlace(.bytes, ["register": "HoldingRegister", "offset": 1, "limit": 2]),
        modbusPlace(.bytes, ["register": "CoilRegister", "offset": 1]),
        modbusPlace(.int, ["register": "HoldingRegister", "offset": 1, "dataType": "int8"]),
        modbusPlace(.boolean, ["register": "HoldingRegister", "offset": 1, "limit": 4]),
        modbusPlace(.boolean, ["register": "HoldingRegister", "offset": 1, "bit": 0]),
        modbusPlace(.int, ["register": "HoldingRegister", "offset": 1, "limit": 4, "bit": 0]),
        modbusPlace(.int, ["register": "HoldingRegister", "offset": 1]).connected(
            by: ["ip": "127.0.0.1", "addressBase": 1]
        ),
    ]

    private static func modbusPlace(
        _ type: DataType,
        _ visitor: ConfigNode,
        access: AccessMode = .readOnly,
        minimum: Int64? = nil
    ) -> DriverPlace {
        DriverPlace(connection: tcp, type: type, access: access, minimum: minimum, visitor: visitor)
    }
}
