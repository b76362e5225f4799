// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says how a device is, in the words EdgeCore takes; others it drops without an answer
/// (`edge/pkg/devicetwin/dtmanager/device.go` at v1.23.1).
enum ReportedState: String, Sendable {
    /// The device answers.
    case online
    /// The device does not answer.
    case offline
    /// Nobody asks the device.
    case unknown
    /// The device's definition cannot be used, so that it is not even tried.
    case unhealthy

    /// Translates the core's word.
    init(_ state: DeviceState) {
        self =
            switch state {
            case .online: .online
            case .offline: .offline
            case .unknown: .unknown
            }
    }
}
