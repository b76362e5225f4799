// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Knows which devices' tasks are running, so that those that do not end can be named.
final class DeviceRoster: Sendable {
    private let names = Mutex<[DeviceID: Int]>([:])

    /// Notes that a device's task has begun.
    func entered(_ device: DeviceID) {
        names.withLock { $0[device, default: 0] += 1 }
    }

    /// Notes that a device's task has ended.
    func left(_ device: DeviceID) {
        names.withLock { names in
            let count = names[device, default: 1] - 1
            names[device] = count > 0 ? count : nil
        }
    }

    /// The devices whose tasks have not ended.
    var devices: [DeviceID] { names.withLock { $0.keys.sorted() } }
}
