// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit

extension EdgeCoreDMI {
    /// A mapper reports values.
    mutating func reportStatus(
        _ request: DMIReportDeviceStatusRequest,
        at now: Duration
    ) -> DMIAnswer<DMIReportDeviceStatusResponse> {
        guard bucket?.take(at: now) ?? true else {
            let text = "fail to report device status because of too many request: \(request.deviceName)"
            return DMIAnswer(.error(text))
        }
        guard request.hasReportedDevice, !request.reportedDevice.twins.isEmpty else {
            return DMIAnswer(.error("ReportDeviceStatusRequest does not have twin data"))
        }
        let topic = topic(request.deviceName, request.deviceNamespace, "twin/update")
        var effects: [DMIEffect] = []
        for twin in request.reportedDevice.twins {
            if let lack = twin.lack {
                let text = "ReportDeviceStatus of \(request.subject): twin '\(twin.propertyName)' without '\(lack)'"
                // What was handed on before is on its way.
                return DMIAnswer(.crash(text), effects)
            }
            effects.append(.twin(topic: topic, payload: TwinReportPayload(twin).bytes))
        }
        return DMIAnswer(DMIReportDeviceStatusResponse(), effects)
    }

    /// A mapper reports a device's state.
    mutating func reportStates(
        _ request: DMIReportDeviceStatesRequest,
        at now: Duration
    ) -> DMIAnswer<DMIReportDeviceStatesResponse> {
        guard version.hasStates else {
            let text = "unknown method ReportDeviceStates for service v1beta1.DeviceManagerService"
            return DMIAnswer(.unimplemented(text))
        }
        guard bucket?.take(at: now) ?? true else {
            let text = "fail to report device states because of too many request: \(request.deviceName)"
            return DMIAnswer(.error(text))
        }
        guard !request.state.isEmpty, !request.deviceName.isEmpty else {
            return DMIAnswer(.error("ReportDeviceStatesRequest is invalid data"))
        }
        let topic = topic(request.deviceName, request.deviceNamespace, "state/update")
        let payload = StateReportPayload(state: request.state).bytes
        return DMIAnswer(DMIReportDeviceStatesResponse(), [.twin(topic: topic, payload: payload)])
    }

    private func topic(_ name: String, _ namespace: String, _ rest: String) -> String {
        "$hw/events/device/\(version.hasNamespaces ? "\(namespace)/\(name)" : name)/\(rest)"
    }
}

extension DMITwin {
    /// The first message that is missing where EdgeCore takes it for granted.
    fileprivate var lack: String? {
        if !hasObservedDesired { return "observedDesired" }
        return hasReported ? nil : "reported"
    }
}

extension DMIReportDeviceStatusRequest {
    /// The device: `namespace/name`.
    var subject: String { deviceNamespace.isEmpty ? deviceName : "\(deviceNamespace)/\(deviceName)" }
}

extension DMIReportDeviceStatesRequest {
    /// The device: `namespace/name`.
    var subject: String { deviceNamespace.isEmpty ? deviceName : "\(deviceNamespace)/\(deviceName)" }
}
