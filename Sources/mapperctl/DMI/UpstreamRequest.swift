// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI

/// What a mapper asks of EdgeCore.
enum UpstreamRequest: Equatable, Sendable, CustomStringConvertible {
    case register(DMIMapperRegisterRequest)
    case reportStatus(DMIReportDeviceStatusRequest)
    case reportStates(DMIReportDeviceStatesRequest)

    var description: String {
        switch self {
        case .register(let request):
            "MapperRegister '\(request.mapper.name)' for '\(request.mapper.protocol)'"
                + (request.withData ? "" : " without data")
        case .reportStatus(let request):
            "ReportDeviceStatus \(request.subject): "
                + request.reportedDevice.twins.map { "\($0.propertyName)='\($0.reported.value)'" }.joined(
                    separator: " "
                )
        case .reportStates(let request): "ReportDeviceStates \(request.subject): '\(request.state)'"
        }
    }
}
