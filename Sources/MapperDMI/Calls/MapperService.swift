// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import Logging
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
    /// Where each call is said.
    let logger: Logger

    func registerDevice(
        request: DMIRegisterDeviceRequest,
        context: ServerContext
    ) async throws -> DMIRegisterDeviceResponse {
        try take("RegisterDevice", request.device, isPresent: request.hasDevice)
        return .with {
            $0.deviceName = request.device.name
            $0.deviceNamespace = request.device.namespace
        }
    }

    func updateDevice(request: DMIUpdateDeviceRequest, context: ServerContext) async throws -> DMIUpdateDeviceResponse {
        try take("UpdateDevice", request.device, isPresent: request.hasDevice)
        return DMIUpdateDeviceResponse()
    }

    func removeDevice(request: DMIRemoveDeviceRequest, context: ServerContext) async throws -> DMIRemoveDeviceResponse {
        let id = DeviceID(request.deviceName, wireNamespace: request.deviceNamespace)
        try take("RemoveDevice", id, .deviceRemoved(id))
        return DMIRemoveDeviceResponse()
    }

    func createDeviceModel(
        request: DMICreateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMICreateDeviceModelResponse {
        try take("CreateDeviceModel", request.model, isPresent: request.hasModel)
        return .with {
            $0.deviceModelName = request.model.name
            $0.deviceModelNamespace = request.model.namespace
        }
    }

    func updateDeviceModel(
        request: DMIUpdateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIUpdateDeviceModelResponse {
        try take("UpdateDeviceModel", request.model, isPresent: request.hasModel)
        return DMIUpdateDeviceModelResponse()
    }

    func removeDeviceModel(
        request: DMIRemoveDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIRemoveDeviceModelResponse {
        let id = DeviceID(request.modelName, wireNamespace: request.modelNamespace)
        try take("RemoveDeviceModel", id, .modelRemoved(id))
        return DMIRemoveDeviceModelResponse()
    }

    func getDevice(request: DMIGetDeviceRequest, context: ServerContext) async throws -> DMIGetDeviceResponse {
        let id = DeviceID(request.deviceName, wireNamespace: request.deviceNamespace)
        guard let device = device(id) else {
            say("GetDevice", id, "there is no such device")
            throw RPCError(code: .notFound, message: "there is no device '\(id)'")
        }
        say("GetDevice", id)
        return .with { $0.device = device }
    }

    private func take(_ name: String, _ device: DMIDevice, isPresent: Bool) throws {
        guard isPresent, !device.name.isEmpty else {
            say(name, device.id, "no device")
            throw RPCError(code: .invalidArgument, message: "the request has no device, or one without a name")
        }
        try take(name, device.id, .device(device))
    }

    private func take(_ name: String, _ model: DMIDeviceModel, isPresent: Bool) throws {
        guard isPresent, !model.name.isEmpty else {
            say(name, model.id, "no model")
            throw RPCError(code: .invalidArgument, message: "the request has no model, or one without a name")
        }
        try take(name, model.id, .model(model))
    }

    private func take(_ name: String, _ id: DeviceID, _ call: Call) throws {
        let reason = note(call)
        say(name, id, reason)
        if let reason { throw RPCError(code: .invalidArgument, message: reason) }
    }

    /// Says a call and how it was answered; of what it carries the names alone, as the rest may be secret.
    private func say(_ name: String, _ id: DeviceID, _ refusal: String? = nil) {
        let key = name.hasSuffix("Model") ? "model" : LogKey.device
        logger.debug("\(name): \(refusal.map { "refused: \($0)" } ?? "OK")", metadata: [key: "\(id)"])
    }
}
