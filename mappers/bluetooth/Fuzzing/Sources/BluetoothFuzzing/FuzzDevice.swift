// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import MapperKit

@testable import BluetoothDriver

/// Is the configuration of a device as sessions need it.
enum FuzzDevice {
    private static let properties: [(name: String, type: DataType, visitor: ConfigNode)] = [
        ("level", .int, ["characteristicUUID": "2A19"]), ("main", .int, ["source": "battery"]),
        ("setpoint", .int, ["characteristicUUID": "2A6E", "serviceUUID": "FFF0", "dataType": "int16"]),
        ("low", .int, ["characteristicUUID": "2A6E", "dataType": "uint8", "startByte": 0]),
        ("alarm", .int, ["characteristicUUID": "2a46", "dataType": "uint8", "notify": "on"]),
        ("long", .string, ["characteristicUUID": "FFF1", "dataType": "hex", "serviceUUID": "FFF0"]),
    ]

    static let peer = Peer(address: address, kind: .random)

    private static var address: BluetoothAddress {
        guard let address = BluetoothAddress("F0:02:03:04:05:01") else { preconditionFailure("no address") }
        return address
    }

    static func device(limit: Duration) -> Device<BluetoothConnection, BluetoothVisitor> {
        let visitors = properties.compactMap { name, type, visitor -> PropertyVisitor<BluetoothVisitor>? in
            let model = DeviceModel.Property(name: name, dataType: type, accessMode: .readWrite)
            let outcome = ConfigDecoder.decode(BluetoothVisitor.self, from: visitor, subject: "it")
            return outcome.value.map {
                PropertyVisitor(property: Property(model: model, visitor: visitor), config: $0)
            }
        }
        let instance = DeviceInstance(
            id: DeviceID("tag"),
            modelName: "m",
            protocolName: "bluetooth",
            protocolConfig: [:],
            properties: visitors.map(\.property)
        )
        var config = BluetoothConnection(macAddress: address)
        config.responseTimeout = Int(limit / .milliseconds(1))
        return Device(instance: instance, config: config, visitors: visitors)
    }
}
#endif
