// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking

/// Writes profiles of devices as KubeEdge's ConfigMap has them.
struct ProfileText: Sendable {
    /// Is one value of a device.
    struct Field: Sendable {
        var name: String
        var table = "HoldingRegister"
        var offset: Int
        var words = 1
        var cycle = Duration.seconds(1)
        var isWritable = false
        /// What the driver is told about the registers; without it the model's type and `words` decide.
        var dataType: String?
        /// The model's type.
        var type = "int"
    }

    /// Says how a device is reached.
    enum Way: Sendable {
        case tcp(port: Int)
        case rtuOverTCP(port: Int)
        /// With two stop bits a character takes as long as with parity, which pseudo terminals do not know.
        case serial(path: String, baudRate: Int, stopBits: Int = 1)
    }

    /// Is one device.
    struct Device: Sendable {
        var name: String
        var unit: Int
        var way: Way
        /// The name of its fields; devices with the same one have the same fields' names and types.
        var model: String
        var fields: [Field]
        var timeout = Duration.milliseconds(500)
    }

    var devices: [Device] = []
    /// Whether each reading goes to the telemetry topic.
    var isTelemetry = true

    var text: String {
        let models = Dictionary(devices.map { ($0.model, $0.fields) }) { first, _ in first }.sorted { $0.key < $1.key }
        return """
            {"deviceInstances":[\(list(devices.map(instance)))],"deviceModels":[\(list(models.map(model)))],\
            "protocols":[\(list(devices.map(protocolSection)))]}
            """
    }

    private func list(_ parts: [String]) -> String { parts.joined(separator: ",\n") }

    private func model(_ name: String, _ fields: [Field]) -> String {
        let properties = fields.map { field in
            let access = field.isWritable ? "ReadWrite" : "ReadOnly"
            return "{\"name\":\"\(field.name)\",\"dataType\":\"\(field.type)\",\"accessMode\":\"\(access)\"}"
        }
        return "{\"name\":\"\(name)\",\"properties\":[\(list(properties))]}"
    }

    private func instance(_ device: Device) -> String {
        let twins = device.fields.map { "{\"propertyName\":\"\($0.name)\",\"desired\":{\"value\":\"\"}}" }
        let data = isTelemetry ? device.fields.map { "{\"propertyName\":\"\($0.name)\"}" } : []
        return """
            {"id":"\(device.name)","name":"\(device.name)","protocol":"modbus-\(device.name)",\
            "model":"\(device.model)","twins":[\(list(twins))],"data":{"dataProperties":[\(list(data))]},\
            "propertyVisitors":[\(list(device.fields.map { visitor($0, device.model) }))]}
            """
    }

    private func visitor(_ field: Field, _ model: String) -> String {
        let cycle = Int(field.cycle.seconds * 1e9)
        let type = field.dataType.map { ",\"dataType\":\"\($0)\"" } ?? ""
        return """
            {"name":"\(field.name)","propertyName":"\(field.name)","modelName":"\(model)","protocol":"modbus",\
            "collectCycle":\(cycle),"reportCycle":\(cycle),"visitorConfig":{"register":"\(field.table)",\
            "offset":\(field.offset),"limit":\(field.words)\(type)}}
            """
    }

    private func protocolSection(_ device: Device) -> String {
        let common =
            switch device.way {
            case .tcp(let port): "\"tcp\":{\"ip\":\"127.0.0.1\",\"port\":\(port)}"
            case .rtuOverTCP(let port):
                "\"tcp\":{\"ip\":\"127.0.0.1\",\"port\":\(port)},"
                    + "\"customizedValues\":{\"communicateMode\":\"RTUOverTCP\",\"baudRate\":115200}"
            case .serial(let path, let baudRate, let stopBits):
                "\"com\":{\"serialPort\":\"\(path)\",\"baudRate\":\(baudRate),\"dataBits\":8,\"parity\":\"none\","
                    + "\"stopBits\":\(stopBits)}"
            }
        let timeout = Int(device.timeout.seconds * 1000)
        return """
            {"name":"modbus-\(device.name)","protocol":"modbus","protocolConfig":{"slaveID":\(device.unit),\
            "responseTimeout":\(timeout)},"protocolCommonConfig":{\(common)}}
            """
    }
}

extension ProfileText {
    /// The same devices where a simulator has put them.
    func placed(_ simulated: SimulatedDevices) -> ProfileText {
        var text = self
        for index in text.devices.indices {
            guard let place = simulated.places[text.devices[index].name] else { continue }
            switch (text.devices[index].way, place.port) {
            case (.tcp, let port?): text.devices[index].way = .tcp(port: port)
            case (.rtuOverTCP, let port?): text.devices[index].way = .rtuOverTCP(port: port)
            case (.serial(_, let baudRate, let stopBits), _):
                text.devices[index].way = .serial(
                    path: place.address,
                    baudRate: baudRate,
                    stopBits: stopBits
                )
            default: break
            }
        }
        return text
    }
}
