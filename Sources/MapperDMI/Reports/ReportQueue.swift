// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decides what the next request says.
///
/// What somebody waits for comes first, then news, then repetitions; of each what waits the longest. None waits for ever.
struct ReportQueue: Sendable {
    /// Of so many requests in a row one is for ordinary values, if any wait; of so many of these one is for repetitions.
    private static let turnLength = 4

    private(set) var devices: [DeviceID: DeviceReports] = [:]
    /// How many requests in a row were for what somebody waits for.
    private var awaitedInRow = 0
    /// How many requests in a row of the others were for news.
    private var newsInRow = 0
    /// Whether states are said at all; EdgeCore before v1.18 does not take them.
    var saysStates = true

    /// Whether nothing that is news waits or is on its way.
    var isSettled: Bool { devices.values.allSatisfy { $0.isSettled(saysStates: saysStates) } }

    /// Changes what one device has to say.
    mutating func change(_ device: DeviceID, _ body: (inout DeviceReports) -> Void) {
        body(&devices[device, default: DeviceReports()])
    }

    /// Forgets a device.
    mutating func forget(_ device: DeviceID) { devices[device] = nil }

    /// Lets everything be said again.
    mutating func repeatAll(at uptime: Duration) {
        for device in devices.keys { devices[device]?.repeatAll(at: uptime) }
    }

    /// Whether nothing waits.
    var isEmpty: Bool { devices.values.allSatisfy { $0.nextUptime(saysStates: saysStates) == nil } }

    /// When the next request could go; `nil` when nothing waits.
    var nextUptime: Duration? {
        devices.values.lazy.compactMap { $0.nextUptime(saysStates: saysStates) }.min()
    }

    /// Takes the next request's content; `nil` when nothing may go now.
    mutating func take(at uptime: Duration) -> Parcel? {
        for lane in lanes {
            guard let device = first(in: lane, at: uptime) else { continue }
            count(lane)
            let content = devices[device]?.take(from: lane, at: uptime, saysStates: saysStates)
            return content.map { Parcel(device: device, content: $0) }
        }
        return nil
    }

    /// The lanes in the order in which the next request may come from them.
    private var lanes: [ReportLane] {
        let last = Self.turnLength - 1
        let ordinary: [ReportLane] = newsInRow >= last ? [.repeats, .news] : [.news, .repeats]
        return awaitedInRow >= last ? ordinary + [.awaited] : [.awaited] + ordinary
    }

    private mutating func count(_ lane: ReportLane) {
        switch lane {
        case .awaited: awaitedInRow = min(awaitedInRow + 1, Self.turnLength)
        case .news: (awaitedInRow, newsInRow) = (0, min(newsInRow + 1, Self.turnLength))
        case .repeats: (awaitedInRow, newsInRow) = (0, 0)
        }
    }

    private func first(in lane: ReportLane, at uptime: Duration) -> DeviceID? {
        var first: (device: DeviceID, since: Duration)?
        for (device, reports) in devices {
            guard let since = reports.waiting(in: lane, at: uptime, saysStates: saysStates) else { continue }
            guard let best = first else {
                first = (device, since)
                continue
            }
            if (since, device) < (best.since, best.device) { first = (device, since) }
        }
        return first?.device
    }
}
