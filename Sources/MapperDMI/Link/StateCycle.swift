// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says when a device's state is to be said again although it has not changed.
struct StateCycle: Sendable {
    /// EdgeCore's limit leaves no room for more.
    private static let shortest = Duration.seconds(10)

    /// The time between two.
    let cycle: Duration
    /// Whether the number was taken as one of nanoseconds.
    let isNanoseconds: Bool
    /// When it is time.
    private(set) var next: Duration

    /// A cycle as the device's status wants it; `nil` when it wants none.
    ///
    /// It is in milliseconds; numbers that make no sense as such are nanoseconds of samples before v1.17.2.
    init?(_ status: DMIDeviceStatus, at uptime: Duration) {
        guard status.reportToCloud, status.reportCycle > 0 else { return nil }
        isNanoseconds = status.reportCycle >= 1_000_000_000
        let wanted: Duration = isNanoseconds ? .nanoseconds(status.reportCycle) : .milliseconds(status.reportCycle)
        cycle = max(Self.shortest, wanted)
        next = uptime + cycle
    }

    /// Whether it is time; the next time is set then.
    mutating func isDue(at uptime: Duration) -> Bool {
        guard uptime >= next else { return false }
        next = uptime + cycle
        return true
    }
}
