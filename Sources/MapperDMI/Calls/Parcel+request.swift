// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import SwiftProtobuf

extension Parcel {
    /// A request of EdgeCore's.
    enum Request: Equatable, Sendable {
        case status(DMIReportDeviceStatusRequest)
        case states(DMIReportDeviceStatesRequest)
    }

    /// The request that says this.
    var request: Request {
        switch content {
        case .twins(let twins): .status(status(twins))
        case .state(let state): .states(states(state))
        }
    }

    private func status(_ twins: [String: ReportedTwin]) -> DMIReportDeviceStatusRequest {
        .with {
            $0.deviceName = device.name
            $0.deviceNamespace = device.namespace ?? ""
            $0.reportedDevice = .with {
                $0.twins = twins.sorted { $0.key < $1.key }.map(\.value.message)
            }
        }
    }

    private func states(_ state: ReportedState) -> DMIReportDeviceStatesRequest {
        .with {
            $0.deviceName = device.name
            $0.deviceNamespace = device.namespace ?? ""
            $0.state = state.rawValue
        }
    }
}
