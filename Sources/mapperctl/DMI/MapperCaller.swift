// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import GRPCNIOTransportHTTP2Posix
import MapperDMI

/// Calls mappers as EdgeCore does: a connection of its own for each call, no patience, no second try.
struct MapperCaller: Sendable {
    /// The longest path a socket can have.
    static let pathLimit = 107

    let version: EdgeCoreDMIVersion
    var timeout = Duration.seconds(10)

    /// Makes a call.
    /// - Returns: why it failed; `nil` when it did not.
    func call(_ address: String, _ request: DownstreamRequest) async -> String? {
        guard (1...Self.pathLimit).contains(address.utf8.count) else {
            return "unavailable: '\(address)' is no path of a socket"
        }
        do {
            try await connect(address) { client, options in try await send(request, client, options) }
            return nil
        } catch let error as RPCError {
            return "\(error.code): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    private func connect(
        _ address: String,
        _ body: (
            DMIDeviceMapperService.Client<HTTP2ClientTransport.Posix>, CallOptions
        ) async throws -> Void
    ) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            target: .unixDomainSocket(path: address),
            transportSecurity: .plaintext,
            config: .defaults { $0.http2.authority = authority(address) }
        )
        var options = CallOptions.defaults
        options.timeout = timeout
        options.waitForReady = false
        try await withGRPCClient(transport: transport) { client in
            try await body(DMIDeviceMapperService.Client(wrapping: client), options)
        }
    }

    /// The path as `:authority` has it.
    func authority(_ address: String) -> String {
        version.encodesAuthority ? AuthorityText.encode(address) : address
    }

    private func send(
        _ request: DownstreamRequest,
        _ client: DMIDeviceMapperService.Client<HTTP2ClientTransport.Posix>,
        _ options: CallOptions
    ) async throws {
        switch request {
        case .createDeviceModel(let message): _ = try await client.createDeviceModel(message, options: options)
        case .updateDeviceModel(let message): _ = try await client.updateDeviceModel(message, options: options)
        case .removeDeviceModel(let message): _ = try await client.removeDeviceModel(message, options: options)
        case .registerDevice(let message): _ = try await client.registerDevice(message, options: options)
        case .updateDevice(let message): _ = try await client.updateDevice(message, options: options)
        case .removeDevice(let message): _ = try await client.removeDevice(message, options: options)
        case .getDevice(let message): _ = try await client.getDevice(message, options: options)
        }
    }
}
