// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how to scan.
struct HCIScanSettings: Hashable, Sendable {
    /// How often a round on one of the three channels begins.
    var interval = Duration.milliseconds(60)
    /// How long it listens in each round; as long as the interval misses least, and leaves connections least time.
    var window = Duration.milliseconds(60)
    /// Whether the controller passes on each device's advertisement only once; beacons need every one.
    var dropsDuplicates = false
    /// After how long without any report scanning is begun anew.
    var watchdog = Duration.seconds(30)

    /// A time in the controller's steps of 0.625 ms, within what it takes (Core Specification, Vol 4 Part E 7.8.10).
    static func steps(_ time: Duration) -> UInt16 {
        UInt16(min(max(Int(time / .microseconds(625)), 0x0004), 0x4000))
    }
}
