// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension SystemDriver: DeviceDiscovering {
    /// Says what is found.
    public static var discoveryHelp: String { "Finds one device, this machine, with the sensors that can be read now." }

    /// Finds the machine.
    public func discover(for time: Duration, found: @escaping @Sendable (DiscoveredDevice) -> Void) async throws {
        let files = SystemFiles(root: root)
        let session = SystemSession(files)
        var properties: [DiscoveredDevice.Property] = []
        for config in Self.candidates(in: files) {
            let property = DiscoveredDevice.Property(config.model, visitor: config.node)
            let visitor = PropertyVisitor(
                property: Property(model: property.model, visitor: property.visitor),
                config: config
            )
            if (try? await session.read(visitor)) != nil { properties.append(property) }
        }
        await session.close()
        guard !properties.isEmpty else { return }
        let place: ConfigNode = ["root": ConfigNode(.string(root))]
        found(DiscoveredDevice(name: "gateway", summary: "this machine", protocolConfig: place, properties: properties))
    }

    /// Everything that a machine can have; zones by their types, or by their folders where types repeat.
    private static func candidates(in files: SystemFiles) -> [VisitorConfig] {
        let zones = ThermalZone.all(in: files)
        let temperatures = zones.map { zone in
            let isUnique = zones.count { $0.type == zone.type } == 1
            return VisitorConfig(sensor: .temperature, zone: isUnique ? zone.type : zone.name)
        }
        return temperatures + Sensor.allCases.filter { $0 != .temperature }.map { VisitorConfig(sensor: $0) }
    }
}

extension SystemDriver.VisitorConfig {
    fileprivate var model: DeviceModel.Property {
        DeviceModel.Property(name: zone ?? sensor.rawValue, dataType: sensor.dataType, unit: sensor.unit)
    }

    fileprivate var node: ConfigNode {
        let sensor = ConfigNode(.string(self.sensor.rawValue))
        guard let zone else { return ["sensor": sensor] }
        return ["sensor": sensor, "zone": ConfigNode(.string(zone))]
    }
}
