// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one value that a beacon told.
struct BeaconValue: Hashable, Sendable {
    /// The value, as a property takes it.
    var value: PropertyValue
    /// What it is counted in; empty for none.
    var unit: String
}
