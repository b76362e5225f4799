// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperMQTT

/// Something the developer's edge has to react to.
enum EdgeInput: Sendable {
    /// The broker.
    case mqtt(MQTTEvent)
    /// There is nothing to wait for.
    case begin
    /// The wanted devices, all of them.
    case profile(DeviceProfile)
    /// The node does something.
    case effect(EdgeEffect)
    /// A message in the form CloudCore gives it.
    case cloud(resource: String, operation: String, content: [UInt8])
    /// Enough.
    case stop
}
