// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A device with one property in which keys are tried out.
struct DriverPlace: Sendable {
    /// The protocol section.
    var connection: ConfigNode
    /// The property's type.
    var type = DataType.int
    /// Who may set it.
    var access = AccessMode.readOnly
    /// Its least value.
    var minimum: Int64?
    /// Its visitor.
    var visitor: ConfigNode

    /// What a driver makes of the device.
    func trial<Driver: DeviceDriver>(_ driver: Driver) -> Trial {
        let range = ValueRange(minimum: minimum.map { .int($0) })
        let model = DeviceModel.Property(name: "p", dataType: type, accessMode: access, range: range)
        let instance = DeviceInstance(
            id: DeviceID("device"),
            modelName: "model",
            protocolName: driver.protocolNames[0],
            protocolConfig: connection,
            properties: [Property(model: model, visitor: visitor)]
        )
        let (device, diagnostics) = DriverBinding(driver).bind(instance)
        return Trial(diagnostics: diagnostics) { device.map { "\($0.config) \($0.visitors.map(\.config))" } }
    }

    /// The place with another protocol section.
    func connected(by connection: ConfigNode) -> DriverPlace {
        var place = self
        place.connection = connection
        return place
    }

    /// The place with a key of the visitor, or of a group in it, set; as it is for `nil`.
    func visiting(_ path: [String], _ value: ConfigNode?) -> DriverPlace {
        var place = self
        place.visitor = value.map { visitor.changing(path, to: $0) } ?? visitor.removing(path)
        return place
    }
}

extension ConfigNode {
    /// The group with a key set to a value, or without the key for `nil`.
    func trying(_ key: String, _ value: ConfigNode?) -> ConfigNode {
        value.map { changing([key], to: $0) } ?? removing([key])
    }
}
