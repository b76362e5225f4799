// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Raises a signal at an interval.
struct Poll {
    let clock: any MapperClock
    let interval: Duration
    let signal: ChangeSignal

    /// Runs until the task is cancelled; the closure runs before each signal.
    func run(_ before: () -> Void) async {
        while (try? await clock.sleep(untilUptime: clock.uptime + interval)) != nil {
            before()
            signal.raise()
        }
    }
}
