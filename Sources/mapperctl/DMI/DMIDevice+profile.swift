// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit

extension DMIDevice {
    /// Makes the message that EdgeCore makes of a Device object.
    ///
    /// What a model says for all its devices is in the instance already, as EdgeCore puts it in before it sends.
    init(_ instance: DeviceInstance, id: DeviceID) throws(DMIConversionError) {
        self.init()
        name = id.name
        namespace = id.namespace ?? ""
        spec.deviceModelReference = instance.modelName
        spec.protocol.protocolName = instance.protocolName ?? ""
        if let data = try DMICustomizedValue(instance.protocolConfig, of: "the protocol's configData") {
            spec.protocol.configData = data
        }
        for property in instance.properties {
            spec.properties.append(try DMIDeviceProperty(property, protocolName: instance.protocolName ?? ""))
        }
        spec.methods = instance.methods.map(DMIDeviceMethod.init)
        // Present and empty, as nothing is known of a reporting cycle of states.
        status = DMIDeviceStatus()
    }
}

extension DMIDeviceProperty {
    fileprivate init(_ property: Property, protocolName: String) throws(DMIConversionError) {
        self.init()
        name = property.name
        desired = DMITwinProperty()
        desired.value = property.desired ?? ""
        if let type = property.declaredTwinType { desired.metadata["type"] = type }
        visitors = DMIVisitorConfig()
        if let data = try DMICustomizedValue(property.visitor, of: "configData of property '\(property.name)'") {
            visitors.protocolName = protocolName
            visitors.configData = data
        }
        // -1 is how a profile says that a property is never read by itself.
        collectCycle = property.collectCycle?.milliseconds ?? -1
        reportCycle = property.reportCycle.milliseconds
        reportToCloud = property.isTwin
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { Int64(self / .milliseconds(1)) }
}

extension DMIDeviceMethod {
    fileprivate init(_ method: DeviceMethod) {
        self.init()
        name = method.name
        description_p = method.description ?? ""
        propertyNames = method.propertyNames
    }
}
