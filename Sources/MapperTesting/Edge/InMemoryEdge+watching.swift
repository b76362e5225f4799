// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What a harness tells the edge about the mapper, for the text of a failure.
extension InMemoryEdge {
    /// Notes that a call of the driver has begun.
    func begin(_ call: String, of device: DeviceID) {
        records.change { $0.underWay[device] = call }
    }

    /// Notes that the device's call has returned.
    func end(of device: DeviceID) {
        records.change { $0.underWay[device] = nil }
    }

    /// Keeps what the mapper logged about a device; what concerns none is kept for all.
    func note(_ text: String, of name: String?) {
        records.change { records in
            let concerned = records.profile.devices.map(\.id).filter { name == nil || $0.description == name }
            records.remarks.all += concerned.map { Remark(device: $0, text: text) }
        }
    }
}
