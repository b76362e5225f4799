// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// One request's worth of what a device has to say.
struct Parcel: Sendable {
    /// What is said.
    enum Content: Sendable {
        /// Values by property name, each property once.
        case twins([String: ReportedTwin])
        /// Whether the device is there.
        case state(ReportedState)

        /// The name of EdgeCore's procedure.
        var call: String {
            switch self {
            case .twins: "ReportDeviceStatus"
            case .state: "ReportDeviceStates"
            }
        }
    }

    /// The device.
    var device: DeviceID
    /// What is said of it.
    var content: Content

    /// How many messages to the cloud it becomes.
    var messages: Int {
        switch content {
        case .twins(let values): values.count
        case .state: 1
        }
    }
}
