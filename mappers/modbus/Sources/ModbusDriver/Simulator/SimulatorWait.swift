// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Waits for requests, for a moment, and for the end.
struct SimulatorWait {
    /// How much later than asked for a sleep ends; what has to be exact is waited for awake from there on.
    private static let oversleep = Duration.microseconds(250)

    /// Whether moments have to be met to some ten microseconds.
    private let isExact: Bool
    /// The stop signal first; kept from one wait to the next, as there can be a thousand.
    private var entries: [pollfd]

    init(stop: StopSignal, isExact: Bool) {
        self.isExact = isExact
        entries = [pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)]
    }

    /// Says which descriptors are waited for.
    mutating func watch(_ descriptors: [CInt]) {
        entries.removeSubrange(1...)
        entries += descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// The descriptors with something to read, none when the moment has come; `nil` once the signal is raised.
    mutating func wait(until moment: ContinuousClock.Instant?) -> [CInt]? {
        while true {
            let remaining = moment.map { ContinuousClock.now.duration(to: $0) }
            let sleep = remaining.map { max($0 - (isExact ? Self.oversleep : .zero), .zero) }
            let count = unsafe modbus_poll(&entries, nfds_t(entries.count), sleep.map(\.nanoseconds) ?? -1)
            guard count >= 0 else { return errno == EINTR ? [] : nil }
            guard entries[0].revents == 0 else { return nil }
            if count > 0 { return ready(Int(count)) }
            guard let moment, moment > .now else { return [] }
        }
    }

    private func ready(_ count: Int) -> [CInt] {
        var ready: [CInt] = []
        var index = 1
        while ready.count < count, index < entries.count {
            if entries[index].revents != 0 { ready.append(entries[index].fd) }
            index += 1
        }
        return ready
    }
}

extension Duration {
    /// Whole nanoseconds, up to a day.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(seconds, 86400) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
