// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit

extension DMIDeviceModel {
    /// Makes the message that EdgeCore makes of a DeviceModel object.
    init(_ model: DeviceModel, id: DeviceID) {
        self.init()
        name = id.name
        namespace = id.namespace ?? ""
        spec.properties = model.properties.map(DMIModelProperty.init)
    }
}

extension DMIModelProperty {
    fileprivate init(_ property: DeviceModel.Property) {
        self.init()
        name = property.name
        description_p = property.description ?? ""
        type = property.dataType.rawValue.uppercased()
        accessMode = property.accessMode.rawValue
        minimum = property.range.minimum?.text ?? ""
        maximum = property.range.maximum?.text ?? ""
        unit = property.unit ?? ""
    }
}
