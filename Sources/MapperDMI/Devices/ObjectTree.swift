// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Brings what EdgeCore sends into the form of the Kubernetes object it was made from, so that it is read and checked by
/// the rules that files are read by.
///
/// EdgeCore has laid a model's defaults under the device before (`edge/pkg/devicetwin/dmicache/dmicache.go` at v1.23.1).
enum ObjectTree {
    /// A DeviceModel object.
    static func model(_ model: DMIDeviceModel) -> ConfigNode {
        let properties = model.spec.properties.map(modelProperty)
        return object("DeviceModel", model.name, model.namespace, spec: [("properties", list(properties))])
    }

    /// A Device object, without its desired values, and what was doubtful in its configuration.
    static func device(
        _ device: DMIDevice,
        protocolName: String
    ) -> (object: ConfigNode, findings: [Diagnostic]) {
        var reading = ConfigReading()
        let subject = "device '\(device.id)'"
        let spec = device.spec
        let config = reading.node(spec.protocol.configData.data, of: subject)
        let properties = spec.properties.map { deviceProperty($0, protocolName, &reading, of: subject) }
        let tree = object(
            "Device",
            device.name,
            device.namespace,
            spec: [
                ("deviceModelRef", group([("name", text(spec.deviceModelReference))])),
                ("protocol", group([("protocolName", text(protocolName)), ("configData", config)])),
                ("properties", list(properties)),
                ("methods", list(spec.methods.map(method))),
            ]
        )
        return (tree, reading.findings)
    }

    // MARK: Parts

    private static func modelProperty(_ property: DMIModelProperty) -> ConfigNode {
        group([
            ("name", text(property.name)),
            ("description", textOrNothing(property.description_p)),
            ("type", text(property.type)),
            ("accessMode", textOrNothing(property.accessMode)),
            ("minimum", textOrNothing(property.minimum)),
            ("maximum", textOrNothing(property.maximum)),
            ("unit", textOrNothing(property.unit)),
        ])
    }

    private static func deviceProperty(
        _ property: DMIDeviceProperty,
        _ protocolName: String,
        _ reading: inout ConfigReading,
        of subject: String
    ) -> ConfigNode {
        let subject = "property '\(property.name)' of \(subject)"
        let cycle = reading.cycle(property.collectCycle, of: subject)
        let visitors = group([
            // What EdgeCore leaves out of an empty one; a driver may need no keys to find a property.
            ("protocolName", text(protocolName)),
            ("configData", reading.node(property.visitors.configData.data, of: subject)),
        ])
        return group([
            ("name", text(property.name)),
            ("collectCycle", cycle),
            // KubeEdge's own mappers report to EdgeCore at each collectCycle; their reportCycle is for other places.
            ("reportCycle", cycle),
            // What was asked for from the cloud must be confirmed to it.
            ("reportToCloud", ConfigNode(.boolean(property.reportToCloud || !property.desired.value.isEmpty))),
            ("visitors", visitors),
            ("pushMethod", property.hasPushMethod ? ConfigNode(.mapping([])) : nil),
        ])
    }

    private static func method(_ method: DMIDeviceMethod) -> ConfigNode {
        group([
            ("name", text(method.name)),
            ("description", textOrNothing(method.description_p)),
            ("propertyNames", list(method.propertyNames.map(text))),
        ])
    }

    private static func object(
        _ kind: String,
        _ name: String,
        _ namespace: String,
        spec: [(String, ConfigNode?)]
    ) -> ConfigNode {
        group([
            ("apiVersion", text("devices.kubeedge.io/v1beta1")),
            ("kind", text(kind)),
            ("metadata", group([("name", text(name)), ("namespace", textOrNothing(namespace))])),
            ("spec", group(spec)),
        ])
    }

    // MARK: Nodes

    private static func group(_ entries: [(String, ConfigNode?)]) -> ConfigNode {
        ConfigNode(.mapping(entries.compactMap { key, value in value.map { ConfigNode.Entry(key, $0) } }))
    }

    private static func list(_ elements: [ConfigNode]) -> ConfigNode { ConfigNode(.sequence(elements)) }

    private static func text(_ text: String) -> ConfigNode { ConfigNode(.string(text)) }

    /// The messages cannot tell an empty text from none.
    private static func textOrNothing(_ text: String) -> ConfigNode? { text.isEmpty ? nil : self.text(text) }
}
