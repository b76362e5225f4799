// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit

/// A device as EdgeCore keeps it: also one that it cannot hand to any mapper.
struct CachedDevice: Equatable, Sendable {
    /// What becomes of the Device object on its way to the mapper.
    enum Content: Equatable, Sendable {
        case message(DMIDevice)
        /// The object cannot be converted, for this reason.
        case unusable(String)
    }

    var id: DeviceID
    /// The model, in the namespace of the device.
    var modelID: DeviceID
    var protocolName: String
    var content: Content

    init(_ instance: DeviceInstance, _ version: EdgeCoreDMIVersion) {
        id = version.id(instance.id)
        modelID = DeviceID(instance.modelName, namespace: id.namespace)
        protocolName = instance.protocolName ?? ""
        do throws(DMIConversionError) {
            content = .message(try DMIDevice(instance, id: id))
        } catch {
            content = .unusable(error.reason)
        }
    }
}
