// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import SwiftProtobuf
import Testing

@testable import MapperDMI

/// Plays EdgeCore's recorded side to a link's state, and keeps what the link makes of it.
struct WirePlayer {
    /// What came of each step for the mapper.
    private(set) var events: [String: [EdgeEvent]] = [:]
    /// The last profile of each step.
    private(set) var profiles: [String: DeviceProfile] = [:]
    private var core: LinkCore

    init() {
        let configuration = DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "modbus")
        core = LinkCore(configuration, protocolName: "modbus", at: .zero) { _ in [] }
    }

    /// Plays what EdgeCore said; what the mapper said is left to ``says(_:)``.
    mutating func play(_ capture: WireCapture) throws {
        switch (capture.direction, capture.what) {
        case ("edgecore-to-mapper", let method):
            let call = try call(method, #require(capture.request))
            #expect(core.received(call, at: .zero) == nil)
        case ("edgecore-response", "MapperRegister") where capture.step != "register-without-data":
            core.registering()
            core.registered(try DMIMapperRegisterResponse(serializedBytes: capture.response ?? []), at: .zero)
        default: return
        }
        for case .emit(let event) in core.takeActions() {
            // Registering again brings nothing new, as the recorded mapper did it more often than ours.
            events[capture.step, default: []].append(event)
            if case .profile(let profile) = event { profiles[capture.step] = profile }
        }
    }

    /// Whether the link says what the recorded mapper said when the same is to be reported; `nil` for other requests.
    func says(_ capture: WireCapture) throws -> Bool? {
        var core = core
        let bytes = try #require(capture.request)
        switch capture.what {
        case "ReportDeviceStatus":
            let recorded = try DMIReportDeviceStatusRequest(serializedBytes: bytes)
            let id = DeviceID(recorded.deviceName, wireNamespace: recorded.deviceNamespace)
            core.report(TwinReport(id, values(recorded)), at: .zero)
            guard case .send(let parcel) = core.next(at: .zero), case .status(let ours) = parcel.request else {
                return false
            }
            return plain(ours) == plain(recorded)
        case "ReportDeviceStates":
            let recorded = try DMIReportDeviceStatesRequest(serializedBytes: bytes)
            let id = DeviceID(recorded.deviceName, wireNamespace: recorded.deviceNamespace)
            guard let state = ReportedState(rawValue: recorded.state) else { return false }
            return Parcel(device: id, content: .state(state)).request == .states(recorded)
        default: return nil
        }
    }

    private func values(_ request: DMIReportDeviceStatusRequest) -> [String: TwinReport.Value] {
        var values: [String: TwinReport.Value] = [:]
        for twin in request.reportedDevice.twins where twin.hasReported && twin.hasObservedDesired {
            values[twin.propertyName] = TwinReport.Value(
                twin.reported.value,
                dataType: .string,
                acquiredAt: Timestamp(milliseconds: 1),
                observedDesired: twin.observedDesired.value
            )
        }
        return values
    }

    /// Without times, and in an order of its own.
    private func plain(_ request: DMIReportDeviceStatusRequest) -> DMIReportDeviceStatusRequest {
        var request = request
        for index in request.reportedDevice.twins.indices {
            request.reportedDevice.twins[index].reported.metadata["timestamp"] = nil
            request.reportedDevice.twins[index].observedDesired.metadata["timestamp"] = nil
        }
        request.reportedDevice.twins.sort { $0.propertyName < $1.propertyName }
        return request
    }

    private func call(_ method: String, _ bytes: [UInt8]) throws -> MapperService.Call {
        switch method {
        case "CreateDeviceModel": .model(try DMICreateDeviceModelRequest(serializedBytes: bytes).model)
        case "UpdateDeviceModel": .model(try DMIUpdateDeviceModelRequest(serializedBytes: bytes).model)
        case "RegisterDevice": .device(try DMIRegisterDeviceRequest(serializedBytes: bytes).device)
        case "UpdateDevice": .device(try DMIUpdateDeviceRequest(serializedBytes: bytes).device)
        case "RemoveDevice": .deviceRemoved(id(try DMIRemoveDeviceRequest(serializedBytes: bytes)))
        case "RemoveDeviceModel": .modelRemoved(id(try DMIRemoveDeviceModelRequest(serializedBytes: bytes)))
        default: throw UnknownMethod(name: method)
        }
    }

    private struct UnknownMethod: Error { let name: String }

    private func id(_ request: DMIRemoveDeviceRequest) -> DeviceID {
        DeviceID(request.deviceName, wireNamespace: request.deviceNamespace)
    }

    private func id(_ request: DMIRemoveDeviceModelRequest) -> DeviceID {
        DeviceID(request.modelName, wireNamespace: request.modelNamespace)
    }
}
