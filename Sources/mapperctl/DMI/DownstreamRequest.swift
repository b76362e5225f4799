// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI

/// What EdgeCore asks of a mapper.
enum DownstreamRequest: Equatable, Sendable, CustomStringConvertible {
    case createDeviceModel(DMICreateDeviceModelRequest)
    case updateDeviceModel(DMIUpdateDeviceModelRequest)
    case removeDeviceModel(DMIRemoveDeviceModelRequest)
    case registerDevice(DMIRegisterDeviceRequest)
    case updateDevice(DMIUpdateDeviceRequest)
    case removeDevice(DMIRemoveDeviceRequest)
    /// EdgeCore never asks this.
    case getDevice(DMIGetDeviceRequest)

    /// The procedure's name.
    var method: String {
        switch self {
        case .createDeviceModel: "CreateDeviceModel"
        case .updateDeviceModel: "UpdateDeviceModel"
        case .removeDeviceModel: "RemoveDeviceModel"
        case .registerDevice: "RegisterDevice"
        case .updateDevice: "UpdateDevice"
        case .removeDevice: "RemoveDevice"
        case .getDevice: "GetDevice"
        }
    }

    /// The device or model it is about: `namespace/name`.
    var subject: String {
        switch self {
        case .createDeviceModel(let request): Self.subject(request.model.namespace, request.model.name)
        case .updateDeviceModel(let request): Self.subject(request.model.namespace, request.model.name)
        case .removeDeviceModel(let request): Self.subject(request.modelNamespace, request.modelName)
        case .registerDevice(let request): Self.subject(request.device.namespace, request.device.name)
        case .updateDevice(let request): Self.subject(request.device.namespace, request.device.name)
        case .removeDevice(let request): Self.subject(request.deviceNamespace, request.deviceName)
        case .getDevice(let request): Self.subject(request.deviceNamespace, request.deviceName)
        }
    }

    var description: String { "\(method) \(subject)" }

    private static func subject(_ namespace: String, _ name: String) -> String {
        namespace.isEmpty ? name : "\(namespace)/\(name)"
    }
}
