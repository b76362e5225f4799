// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A device model as its file has it, with what devices may take from it.
struct ModelDraft {
    var model: DeviceModel
    var location: SourceLocation?
    /// The names of its properties.
    var names: Set<String> = []
    /// Properties that are declared but cannot be used; what refers to them needs no second complaint.
    var withheld: Set<String> = []
    /// How to reach properties of all devices of this model (v1alpha1), or the lower layer for that (v1beta1).
    var visits: [DeviceDraft.Visit] = []
    /// The protocol the model is meant for, where it tells.
    var protocolName: String?
    /// What lies under each device's own protocol configuration (v1beta1).
    var protocolConfig: ConfigNode?
}
