// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Refuses recordings of a device's encrypted frames, by the counter in them.
///
/// A frame counts as new when its counter is at most 2^31 - 1 after the last one; counted on a circle, so that the step
/// from 2^32 - 1 to 0 is one forward. Devices that lose power begin at 0 again: any other counter below 256 is taken as
/// such a beginning, whatever the last one was. So the first 256 frames of a device, and only these, can be played again
/// by whoever recorded them. The first frame after the mapper starts is always new.
///
/// It is told a counter only after the frame's authenticity was checked: others would move it.
struct BeaconCounter: Hashable, Sendable {
    private static let restart: UInt32 = 256

    /// The last counter that was accepted.
    private(set) var last: UInt32?

    /// Takes a counter; says whether it is new.
    mutating func accept(_ counter: UInt32) -> Bool {
        if let last {
            let step = counter &- last
            guard step != 0, step <= UInt32(Int32.max) || counter < Self.restart else { return false }
        }
        last = counter
        return true
    }
}
