// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import MapperDMI
import MapperTesting
import Testing

/// The least that a mapper is: takes calls on a socket, and makes some itself.
final class TinyMapper: DMIDeviceMapperService.SimpleServiceProtocol {
    /// What EdgeCore has called.
    let calls = Watched<[String]>([])
    /// Answers no call before it is opened.
    let isOpen = Watched(true)

    private func take(_ call: String) async throws {
        calls.change { $0.append(call) }
        try await isOpen.first { $0 ? () : nil }
    }

    /// Serves while something is done.
    func serve<Result: Sendable>(_ path: String, _ body: () async throws -> Result) async throws -> Result {
        let transport = HTTP2ServerTransport.Posix(
            address: .unixDomainSocket(path: path),
            transportSecurity: .plaintext
        )
        return try await withGRPCServer(transport: transport, services: [self]) { server in
            _ = try await transport.listeningAddress
            return try await body()
        }
    }

    /// Calls EdgeCore.
    static func ask<Result: Sendable>(
        _ path: String,
        _ body: (DMIDeviceManagerService.Client<HTTP2ClientTransport.Posix>) async throws -> Result
    ) async throws -> Result {
        let transport = try HTTP2ClientTransport.Posix(
            target: .unixDomainSocket(path: path),
            transportSecurity: .plaintext
        )
        return try await withGRPCClient(transport: transport) { client in
            try await body(DMIDeviceManagerService.Client(wrapping: client))
        }
    }

    /// Makes itself known to EdgeCore.
    static func register(_ paths: DMIPaths, address: String? = nil) async throws -> DMIMapperRegisterResponse {
        try await ask(paths.edge) { client in
            try await client.mapperRegister(DMISample.register(address ?? paths.mapper))
        }
    }

    /// Waits for calls, and forgets them.
    func wait(_ wanted: [String]) async throws {
        let calls = try await calls.first { calls in
            guard calls.count >= wanted.count else { return nil as [String]? }
            defer { calls = [] }
            return calls
        }
        #expect(calls == wanted)
    }

    func registerDevice(
        request: DMIRegisterDeviceRequest,
        context: ServerContext
    ) async throws -> DMIRegisterDeviceResponse {
        try await take("RegisterDevice \(request.device.name)")
        return DMIRegisterDeviceResponse()
    }

    func removeDevice(request: DMIRemoveDeviceRequest, context: ServerContext) async throws -> DMIRemoveDeviceResponse {
        try await take("RemoveDevice \(request.deviceName)")
        return DMIRemoveDeviceResponse()
    }

    func updateDevice(request: DMIUpdateDeviceRequest, context: ServerContext) async throws -> DMIUpdateDeviceResponse {
        try await take("UpdateDevice \(request.device.spec.properties.map(\.desired.value).joined(separator: ","))")
        return DMIUpdateDeviceResponse()
    }

    func createDeviceModel(
        request: DMICreateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMICreateDeviceModelResponse {
        try await take("CreateDeviceModel \(request.model.name)")
        return DMICreateDeviceModelResponse()
    }

    func removeDeviceModel(
        request: DMIRemoveDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIRemoveDeviceModelResponse {
        try await take("RemoveDeviceModel \(request.modelName)")
        return DMIRemoveDeviceModelResponse()
    }

    func updateDeviceModel(
        request: DMIUpdateDeviceModelRequest,
        context: ServerContext
    ) async throws -> DMIUpdateDeviceModelResponse {
        try await take("UpdateDeviceModel \(request.model.name)")
        return DMIUpdateDeviceModelResponse()
    }

    func getDevice(request: DMIGetDeviceRequest, context: ServerContext) async throws -> DMIGetDeviceResponse {
        throw RPCError(code: .unimplemented, message: "EdgeCore never asks")
    }
}
