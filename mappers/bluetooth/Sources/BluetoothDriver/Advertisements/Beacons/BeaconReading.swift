// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is what one advertisement told, in one format.
struct BeaconReading: Hashable, Sendable {
    /// What it was written in.
    var format: BeaconFormat
    /// What it told, by the names of ``BeaconField``.
    var fields: [String: BeaconValue]
    /// The counter of an encrypted frame.
    var counter: UInt32?
    /// Whether it is, byte for byte, the last one again: beacons send each reading several times.
    var isRepeat = false

    /// The value of a field in the form of a property; `nil` when the beacon did not tell it.
    subscript(name: String) -> PropertyValue? { fields[name]?.value }
}
