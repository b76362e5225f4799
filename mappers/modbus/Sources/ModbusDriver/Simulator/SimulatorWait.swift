// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Waits for requests, for a moment, and for the end.
struct SimulatorWait {
    /// How much later than asked for a sleep ends; what has to be exact is waited for awake from there on.
    private static let oversleep = Duration.microseconds(250)

    let stop: StopSignal
    /// Whether moments have to be met to some ten microseconds.
    let isExact: Bool

    /// The descriptors with something to read, none when the moment has come; `nil` once the signal is raised.
    func wait(for descriptors: [CInt], until moment: ContinuousClock.Instant?) -> [CInt]? {
        var entries = ([stop.descriptor] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            let remaining = moment.map { ContinuousClock.now.duration(to: $0) }
            let sleep = remaining.map { max($0 - (isExact ? Self.oversleep : .zero), .zero) }
            let count = unsafe modbus_poll(&entries, nfds_t(entries.count), sleep.map(\.nanoseconds) ?? -1)
            guard count >= 0 else { return errno == EINTR ? [] : nil }
            guard entries[0].revents == 0 else { return nil }
            if count > 0 { return entries.dropFirst().filter { $0.revents != 0 }.map(\.fd) }
            guard let moment, moment > .now else { return [] }
        }
    }
}

extension Duration {
    /// Whole nanoseconds, up to a day.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, 86400) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
