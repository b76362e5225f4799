// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is an edge that counts what a mapper reports, and keeps none of it, so that it may run for long.
final class CountingEdge: EdgeLink {
    /// What was reported of one device.
    struct Count: Sendable {
        var reports = 0
        var first: Duration?
        var last: Duration?
        /// The times between two reports, in the order of their lengths when asked for.
        var gaps: [Duration] = []
        /// Values that were smaller than the one before: of another time, or none at all.
        var backwards = 0
        var value: Int64?
        var states: [DeviceState] = []

        /// The middle and the longest time between two reports, in milliseconds.
        var summary: String {
            let sorted = gaps.sorted()
            guard let longest = sorted.last else { return "\(reports) reports, states \(states)" }
            func text(_ time: Duration) -> String { "\(Int(time / .milliseconds(1))) ms" }
            let middle = sorted[sorted.count / 2]
            return "\(reports) reports, every \(text(middle)), longest gap \(text(longest)), states \(states)"
        }
    }

    let events = EdgeInbox()
    private let counts: Mutex<[DeviceID: Count]> = Mutex([:])
    private let clock = SystemClock()

    func count(of device: String) -> Count { counts.withLock { $0[DeviceID(device)] ?? Count() } }

    func run() async throws {
        let end = AsyncStream.makeStream(of: Never.self)
        for await _ in end.stream {}
    }

    func isBehind(_ device: DeviceID) -> Bool { false }

    func report(_ report: TwinReport) {
        let now = clock.uptime
        let number = report.values.values.first.flatMap { Int64($0.text) }
        counts.withLock { counts in
            var count = counts[report.device] ?? Count()
            count.reports += 1
            if let last = count.last { count.gaps.append(now - last) }
            count.first = count.first ?? now
            count.last = now
            if let number, let value = count.value, number < value { count.backwards += 1 }
            count.value = number
            counts[report.device] = count
        }
    }

    func publish(_ telemetry: Telemetry) {}

    func report(_ state: DeviceState, of device: DeviceID) {
        counts.withLock { $0[device, default: Count()].states.append(state) }
    }
}
