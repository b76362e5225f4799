// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A message of CloudCore about a device or a model, as EdgeCore's DMI worker takes it.
enum CloudMessage: Equatable, Sendable {
    case insertModel(CachedModel)
    case updateModel(CachedModel)
    case removeModel(DeviceID)
    case insertDevice(CachedDevice)
    case updateDevice(CachedDevice)
    case removeDevice(DeviceID)
}
