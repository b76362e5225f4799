// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ScannedPeripheral {
    /// The peripheral as a device that a profile can have; `nil` for one that nothing lasting tells from others.
    /// - Parameter adapter: The radio that has heard it.
    func discovered(by adapter: String) -> DiscoveredDevice? {
        guard let identity else { return nil }
        let properties = advertisedProperties
        var keys = identity
        // Who tells nothing to everybody has to be asked; what it holds is not known before.
        if !properties.isEmpty || !isConnectable { keys.append(.init("mode", "advertisement")) }
        if adapter != "hci0" { keys.append(.init("adapter", .init(stringLiteral: adapter))) }
        var device = DiscoveredDevice(
            name: "\(name ?? "bluetooth") \(isLasting ? "\(address)" : "")",
            summary: summary,
            protocolConfig: ConfigNode(.mapping(keys)),
            properties: properties
        )
        device.protocolName = "bluetooth"
        return device
    }

    /// Whether its address stays.
    private var isLasting: Bool { kind == .public || !address.isPrivateIfRandom }

    private var identity: [ConfigNode.Entry]? {
        if isLasting {
            return [
                .init("macAddress", .init(stringLiteral: "\(address)")),
                .init("addressType", .init(stringLiteral: kind.rawValue)),
            ]
        }
        guard let name, !name.isEmpty else { return nil }
        return [.init("name", .init(stringLiteral: name))]
    }

    /// What it tells everybody, and how strongly.
    private var advertisedProperties: [DiscoveredDevice.Property] {
        let fields = beacons.flatMap(\.fields).filter { $0.name != BeaconField.packetID.rawValue }
        guard !fields.isEmpty || !isConnectable else { return [] }
        let told = fields.map { field in
            DiscoveredDevice.Property(
                DeviceModel.Property(
                    name: field.name,
                    dataType: field.dataType,
                    unit: field.unit.isEmpty ? nil : field.unit
                ),
                visitor: ["source": "beacon", "field": .init(stringLiteral: field.name)]
            )
        }
        let strength = DeviceModel.Property(name: "rssi", dataType: .int, unit: "dBm")
        return told + [DiscoveredDevice.Property(strength, visitor: ["source": "rssi"])]
    }

    /// Who it is, in one line.
    private var summary: String {
        let makers = manufacturers.compactMap(\.name)
        let told = beacons.map { $0.trouble == nil ? "\($0.format) \($0.text)" : "\($0.format): \($0.text)" }
        let parts = [
            isConnectable ? "takes connections" : nil, rssi.map { "\($0) dBm" }, name.map { "'\($0)'" },
            makers.isEmpty ? nil : makers.joined(separator: ", "),
            services.isEmpty ? nil : serviceLabels.joined(separator: ", "),
            told.isEmpty ? nil : told.joined(separator: "; "),
        ]
        return "Bluetooth: " + parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension ScannedBeacon.Field {
    /// The type of property that takes the field whatever it tells.
    fileprivate var dataType: DataType {
        if BeaconField.named(name)?.field.isText ?? false { return .string }
        return switch value {
        case .boolean: .boolean
        case .int: .int
        case .float, .double: .double
        case .string, .bytes: .string
        }
    }
}
