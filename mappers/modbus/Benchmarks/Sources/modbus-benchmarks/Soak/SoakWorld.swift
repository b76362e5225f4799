// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a world of devices whose registers tell which they are: unit × 4096 + address, all in one 16-bit number.
///
/// Each bus has up to 15 units and addresses that no other bus has, so a value tells its bus, too.
struct SoakWorld: Sendable {
    /// Says how the devices of a bus are reached.
    enum Way: Sendable {
        case tcp, rtuOverTCP, serial
    }

    private static let unitsPerBus = 15
    private static let addressesPerBus = 200

    /// What may befall any request.
    static let commonFaults = [
        "latency=1ms..40ms:10%", "late=900ms:0.2%", "silent=0.2%", "garble=0.3%", "drop=0.1%", "exception=6:0.3%",
        "exception=4:0.05%", "exception=11:0.05%",
    ]

    let names: [String]

    init(devices: Int) {
        names = (0..<devices).map { "b\($0 / Self.unitsPerBus)-u\($0 % Self.unitsPerBus + 1)" }
    }

    var busCount: Int { (names.count + Self.unitsPerBus - 1) / Self.unitsPerBus }

    /// What befalls the devices: some of each bus are silent or hang up for a while, and return.
    var faults: [String] {
        Self.commonFaults
            + names.enumerated().compactMap { number, name in Self.fault(of: number).map { "\(name):\($0)" } }
    }

    private static func fault(of number: Int) -> String? {
        switch number % 30 {
        case 3: "silent=20s/90s"
        case 11: "silent=70s/300s"
        case 19: "drop=10s/120s"
        case 25: "latency=200ms..450ms:30s/180s"
        default: nil
        }
    }

    /// The text of a property's value: it is in its name where it lies, `h20w2` for two holding registers from 20 on.
    static func value(of property: String, _ device: String) -> String? {
        let parts = device.split(separator: "-")
        guard parts.count == 2, let bus = Int(parts[0].dropFirst()), let unit = Int(parts[1].dropFirst()),
            let field = SoakField(property)
        else { return nil }
        let number = unit * 4096 + bus * addressesPerBus + field.offset
        switch field.table {
        case "CoilRegister": return number.nonzeroBitCount % 2 == 1 ? "true" : "false"
        default: return field.words == 2 ? "\((number % 65536) << 16 | (number + 1) % 65536)" : "\(number % 65536)"
        }
    }

    private static func way(_ bus: Int) -> Way {
        switch bus % 5 {
        case 2: .serial
        case 4: .rtuOverTCP
        default: .tcp
        }
    }
}

extension SoakWorld {
    /// The profile as KubeEdge's ConfigMap has it.
    /// - Parameter place: Where a device is reached; `nil` for a place that the simulator is to replace.
    func profile(_ place: (String) -> SimulatedDevices.Place?) -> String {
        let devices = names.enumerated().map { number, name in device(name, bus: number / Self.unitsPerBus) }
        let protocols = names.enumerated().map { number, name in
            let unit = number % Self.unitsPerBus + 1
            return Self.way(name, bus: number / Self.unitsPerBus, unit: unit, place(name))
        }
        return """
            {"deviceInstances":[\(devices.joined(separator: ","))],"deviceModels":[\(Self.model)],\
            "protocols":[\(protocols.joined(separator: ","))]}
            """
    }

    private static var model: String {
        let properties = SoakField.all.map { field in
            let type = field.table == "CoilRegister" ? "boolean" : "int"
            return "{\"name\":\"\(field.name)\",\"dataType\":\"\(type)\",\"accessMode\":\"ReadOnly\"}"
        }
        return "{\"name\":\"soak\",\"properties\":[\(properties.joined(separator: ","))]}"
    }

    private func device(_ name: String, bus: Int) -> String {
        let visitors = SoakField.all.map { field in
            // Lines have time for half of it.
            let base = Self.way(bus) == .serial ? 2_000_000_000 : 1_000_000_000
            let cycle = field.isSlow ? base * 5 : base
            let type = field.words == 2 ? ",\"dataType\":\"uint32\"" : ""
            return """
                {"name":"\(field.name)","propertyName":"\(field.name)","modelName":"soak","protocol":"modbus",\
                "collectCycle":\(cycle),"reportCycle":\(cycle),"visitorConfig":{"register":"\(field.table)",\
                "offset":\(bus * Self.addressesPerBus + field.offset),"limit":\(field.words)\(type)}}
                """
        }
        let twins = SoakField.all.map { "{\"propertyName\":\"\($0.name)\",\"desired\":{\"value\":\"\"}}" }
        let data = SoakField.all.map { "{\"propertyName\":\"\($0.name)\"}" }
        return """
            {"id":"\(name)","name":"\(name)","protocol":"modbus-\(name)","model":"soak",\
            "twins":[\(twins.joined(separator: ","))],"data":{"dataProperties":[\(data.joined(separator: ","))]},\
            "propertyVisitors":[\(visitors.joined(separator: ","))]}
            """
    }

    private static func way(_ name: String, bus: Int, unit: Int, _ place: SimulatedDevices.Place?) -> String {
        let port = place?.port ?? 20000 + bus
        let common =
            switch way(bus) {
            case .tcp: "\"tcp\":{\"ip\":\"127.0.0.1\",\"port\":\(port)}"
            case .rtuOverTCP:
                "\"tcp\":{\"ip\":\"127.0.0.1\",\"port\":\(port)},"
                    + "\"customizedValues\":{\"communicateMode\":\"RTUOverTCP\",\"baudRate\":115200}"
            case .serial:
                "\"com\":{\"serialPort\":\"\(place?.address ?? "/dev/soak\(bus)")\",\"baudRate\":115200,"
                    + "\"dataBits\":8,\"parity\":\"none\",\"stopBits\":1}"
            }
        return """
            {"name":"modbus-\(name)","protocol":"modbus","protocolConfig":{"slaveID":\(unit),"responseTimeout":300},\
            "protocolCommonConfig":{\(common)}}
            """
    }
}
