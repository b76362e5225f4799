// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

typealias BluetoothDevice = Device<BluetoothConnection, BluetoothVisitor>

/// Makes devices as a profile would, for the tests of what is played.
enum SimulationMake {
    static func property(
        _ name: String,
        _ type: DataType,
        _ visitor: ConfigNode,
        access: AccessMode = .readOnly,
        in range: ClosedRange<Int64>? = nil,
        desired: String? = nil
    ) -> Property {
        let limits = range.map { ValueRange(minimum: .int($0.lowerBound), maximum: .int($0.upperBound)) }
        let model = DeviceModel.Property(name: name, dataType: type, accessMode: access, range: limits ?? ValueRange())
        return Property(model: model, visitor: visitor, desired: desired)
    }

    /// A device after decoding and checking; ends the test when it has errors.
    static func device(_ name: String, _ config: ConfigNode, _ properties: [Property]) throws -> BluetoothDevice {
        let instance = DeviceInstance(
            id: DeviceID(name),
            modelName: "model",
            protocolName: "bluetooth",
            protocolConfig: config,
            properties: properties
        )
        let (device, diagnostics) = DriverBinding(BluetoothDriver()).bind(instance)
        return try #require(device, "\(diagnostics)")
    }

    /// A path that no other test has.
    static func path() -> String { "/tmp/mapperkit-air-\(getpid())-\(UInt32.random(in: 0...UInt32.max))" }

    static let properties = [
        property("level", .int, ["characteristicUUID": "2a19"], in: 20...80),
        property("main", .int, ["source": "battery"], in: 20...80),
        property(
            "temperature",
            .double,
            ["characteristicUUID": "2a6e", "dataType": "int16", "scale": 0.01],
            in: -10...40
        ),
        property(
            "setpoint",
            .float,
            ["characteristicUUID": "fff1", "dataType": "sfloat"],
            access: .readWrite,
            in: 5...30
        ),
        property("low", .int, ["characteristicUUID": "fff2", "dataType": "uint16", "startByte": 0], in: 300...900),
        property("flag", .boolean, ["characteristicUUID": "fff2", "startByte": 2, "bit": 3], access: .readWrite),
        property("wide", .int, ["characteristicUUID": "fff3"], in: 0...70_000),
        property("open", .double, ["characteristicUUID": "fff4"], in: -1...1),
        property("name", .string, ["characteristicUUID": "2a00"]),
        property("swapped", .int, ["characteristicUUID": "fff5", "byteOrder": "big"], in: 1000...2000),
        property(
            "ambient",
            .double,
            [
                "characteristicUUID": "f000aa01-0451-4000-b000-000000000000", "serviceUUID": "fff0",
                "dataConverter": [
                    "startIndex": 3, "endIndex": 2, "shiftRight": 2,
                    "orderOfOperations": [["operationType": "Multiply", "operationValue": 0.03125]],
                ],
            ],
            in: 0...50
        ),
        property(
            "switch",
            .string,
            ["characteristicUUID": "fff6", "dataWrite": ["ON": [1], "OFF": [0]]],
            access: .readWrite
        ),
        property("mode", .string, ["characteristicUUID": "fff7", "enumeration": ["0": "idle", "7": "busy"]]),
    ]
}
