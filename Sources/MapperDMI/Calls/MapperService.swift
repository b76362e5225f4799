// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import MapperKit
import SwiftProtobuf

/// Answers EdgeCore's calls: each is noted and answered at once, what follows from it happens afterwards.
///
/// EdgeCore makes one call at a time for the whole node, waits 10 s at most and does not repeat it
/// (`edge/pkg/devicetwin/dtmanager/dmiworker.go` at v1.23.1).
struct MapperService: DMIDeviceMapperService.SimpleServiceProtocol {
    /// What calls are about.
    enum Call: Sendable {
        case device(DMIDevice)
        case deviceRemoved(DeviceID)
        case model(DMIDeviceModel)
        case modelRemoved(DeviceID)
    }

    /// Notes a call.
    /// - Returns: why its content cannot be used; `nil` when it can, or cannot be told yet.
    let note: @Sendable (Call) -> String?
    /// Gives a device with its twins.
    let device: @Sendable (DeviceID) -> DMIDevice?

    func registerDevice(
        request: DMIRegisterDeviceRequest,
        context: ServerContext
    ) async throws -> DMIRegisterDeviceResponse {
        try take(request.device, isPresent: request.hasDevice)
        return .with {
            $0.deviceName = request.device.name
            $0.deviceNamespace = request.device.namespace
        }
    }

    func updateDevice(request: DMIUpdateDeviceRequest, context: ServerContext) async throws -> DMIUpdateDeviceResponse {
        try take(request.device, isPresent: request.hasDevice)
        return DMIUpdateDeviceResponse()
    }

    func removeDevice(request: DMIRemoveDeviceRequest, context: ServerContext) async throws -> DMIRemoveDeviceResponse {
        try take(.deviceRemoved(DeviceID(request.deviceName, wireNamespace: request.deviceNamespace)))
        return DMIRemoveDeviceResponse()
    }

    func createDeviceModel(
        request: DMICreateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMICreateDeviceModelResponse {
        try take(request.model, isPresent: request.hasModel)
        return .with {
            $0.deviceModelName = request.model.name
            $0.deviceModelNamespace = request.model.namespace
        }
    }

    func updateDeviceModel(
        request: DMIUpdateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIUpdateDeviceModelResponse {
        try take(request.model, isPresent: request.hasModel)
        return DMIUpdateDeviceModelResponse()
    }

    func removeDeviceModel(
        request: DMIRemoveDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIRemoveDeviceModelResponse {
        try take(.modelRemoved(DeviceID(request.modelName, wireNamespace: request.modelNamespace)))
        return DMIRemoveDeviceModelResponse()
    }

    func getDevice(request: DMIGetDeviceRequest, context: ServerContext) async throws -> DMIGetDeviceResponse {
        let id = DeviceID(request.deviceName, wireNamespace: request.deviceNamespace)
        guard let device = device(id) else {
            throw RPCError(code: .notFound, message: "there is no device '\(id)'")
        }
        return .with { $0.device = device }
    }

    private func take(_ device: DMIDevice, isPresent: Bool) throws {
        guard isPresent, !device.name.isEmpty else {
            throw RPCError(code: .invalidArgument, message: "the request has no device, or one without a name")
        }
        try take(.device(device))
    }

    private func take(_ model: DMIDeviceModel, isPresent: Bool) throws {
        guard isPresent, !model.name.isEmpty else {
            throw RPCError(code: .invalidArgument, message: "the request has no model, or one without a name")
        }
        try take(.model(model))
    }

    private func take(_ call: Call) throws {
        if let reason = note(call) { throw RPCError(code: .invalidArgument, message: reason) }
    }
}
