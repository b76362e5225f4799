// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI

@testable import mapperctl

extension DMIDevice {
    /// Leaves out what a profile does not tell: methods, the reporting of states, where values are pushed to.
    mutating func makePlain() {
        spec.methods = []
        status = DMIDeviceStatus()
        for index in spec.properties.indices { spec.properties[index].clearPushMethod() }
    }
}

extension DownstreamRequest {
    /// The same with a plain device.
    var plain: DownstreamRequest {
        switch self {
        case .registerDevice(var request):
            request.device.makePlain()
            return .registerDevice(request)
        case .updateDevice(var request):
            request.device.makePlain()
            return .updateDevice(request)
        default: return self
        }
    }
}
