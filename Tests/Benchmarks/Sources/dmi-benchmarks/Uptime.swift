// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Is the machine's own time, the same in all processes.
enum Uptime {
    /// In seconds.
    static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
