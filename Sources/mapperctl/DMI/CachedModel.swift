// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit

/// A device model as EdgeCore keeps it.
struct CachedModel: Equatable, Sendable {
    var id: DeviceID
    /// The protocol whose mapper is told about the model.
    var protocolName: String
    var message: DMIDeviceModel

    init(_ model: DeviceModel, protocolName: String, _ version: EdgeCoreDMIVersion) {
        id = version.id(model.id)
        self.protocolName = protocolName
        message = DMIDeviceModel(model, id: id)
    }
}
