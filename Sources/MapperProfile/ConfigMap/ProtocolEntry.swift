// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// One entry of the profile's `protocols`, in the newest words and flat.
struct ProtocolEntry {
    var name: String
    var config: ConfigNode
}
