// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Raises a signal again and again.
struct Poll {
    let clock: any MapperClock
    let signal: ChangeSignal

    /// Runs until the task is cancelled; the closure runs before each signal and says how long to wait for the next.
    func run(_ before: () -> Duration) async {
        var pause = before()
        while (try? await clock.sleep(untilUptime: clock.uptime + pause)) != nil {
            pause = before()
            signal.raise()
        }
    }
}
