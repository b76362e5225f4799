// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

typealias ModbusDevice = Device<ModbusConnection, ModbusVisitor>

/// Builds devices the way a profile would.
enum Make {
    static func property(
        _ name: String,
        _ type: DataType,
        _ visitor: ConfigNode,
        access: AccessMode = .readOnly,
        range: ValueRange = ValueRange(),
        unit: String? = nil,
        desired: String? = nil
    ) -> Property {
        let model = DeviceModel.Property(name: name, dataType: type, accessMode: access, range: range, unit: unit)
        return Property(model: model, visitor: visitor, desired: desired)
    }

    static func instance(_ id: String, _ config: ConfigNode, _ properties: [Property]) -> DeviceInstance {
        DeviceInstance(
            id: DeviceID(id),
            modelName: "model",
            protocolName: "modbus",
            protocolConfig: config,
            properties: properties
        )
    }

    /// A device after decoding and checking; ends the test when it has errors.
    static func device(_ id: String, _ config: ConfigNode, _ properties: [Property]) throws -> ModbusDevice {
        let (device, diagnostics) = DriverBinding(ModbusDriver()).bind(instance(id, config, properties))
        return try #require(device, "\(diagnostics)")
    }

    static func device(_ config: ConfigNode, _ properties: [Property]) throws -> ModbusDevice {
        try device("meter", config, properties)
    }

    static func tcp(_ port: Int, unit: Int = 1, timeout: Int = 5000) -> ConfigNode {
        [
            "ip": "127.0.0.1", "port": ConfigNode(.int(Int64(port))), "slaveID": ConfigNode(.int(Int64(unit))),
            "responseTimeout": ConfigNode(.int(Int64(timeout))),
        ]
    }

    /// Registers of one table, one uint16 each.
    static func words(_ table: String = "HoldingRegister", at addresses: [Int]) -> [Property] {
        addresses.map {
            property("r\($0)", .int, ["register": ConfigNode(.string(table)), "offset": ConfigNode(.int(Int64($0)))])
        }
    }

}

/// The values of a reading; failures as their text.
func texts(_ results: [Result<Sample, any Error>]) -> [String] {
    results.map { result in
        switch result {
        case .success(let sample): sample.value.text
        case .failure(let error): "\(error)"
        }
    }
}
