// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI

@testable import mapperctl

extension DMIDevice {
    /// Leaves out what a profile does not tell: the reporting of states, where values are pushed to.
    ///
    /// The loader has KubeEdge's defaults for cycles that are not given, and reports whatever is desired.
    mutating func makePlain() {
        status = DMIDeviceStatus()
        for index in spec.properties.indices {
            spec.properties[index].clearPushMethod()
            if spec.properties[index].collectCycle == 0 { spec.properties[index].collectCycle = 1000 }
            if spec.properties[index].reportCycle == 0 { spec.properties[index].reportCycle = 1000 }
            if !spec.properties[index].desired.value.isEmpty { spec.properties[index].reportToCloud = true }
        }
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
