// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// Calls EdgeCore over one connection.
struct EdgeCoreClient: Sendable {
    /// How long EdgeCore has to answer; it does so at once, whatever it does afterwards.
    private static let timeout = Duration.seconds(5)
    /// The list of all devices with their models has no limit of its own.
    private static let responseLimit = 256 << 20

    private let service: DMIDeviceManagerService.Client<HTTP2ClientTransport.Posix>

    /// Runs a body with a connection to a socket, which is closed afterwards.
    static func with<Result: Sendable>(
        socket path: String,
        _ body: @escaping @Sendable (EdgeCoreClient) async -> Result
    ) async throws -> Result {
        var config = HTTP2ClientTransport.Posix.Config.defaults
        // A connection that is lost is not made again here: another one begins with another registration.
        config.backoff = HTTP2ClientTransport.Config.Backoff(
            initial: .milliseconds(200),
            max: .seconds(2),
            multiplier: 2,
            jitter: 0.2
        )
        let transport = try HTTP2ClientTransport.Posix(
            target: .unixDomainSocket(path: path),
            transportSecurity: .plaintext,
            config: config
        )
        let client = GRPCClient(transport: transport)
        return await withTaskGroup(of: Void.self, returning: Result.self) { group in
            // How it ends is seen by the calls.
            group.addTask { try? await client.runConnections() }
            let result = await body(EdgeCoreClient(service: DMIDeviceManagerService.Client(wrapping: client)))
            client.beginGracefulShutdown()
            // An EdgeCore that accepts and then is silent would keep a graceful end waiting.
            group.cancelAll()
            return result
        }
    }

    /// Makes the mapper known, and asks for its devices.
    func register(_ configuration: DMIConfiguration) async throws -> DMIMapperRegisterResponse {
        try await service.mapperRegister(configuration.registration, options: Self.options)
    }

    /// Says what a device has to say.
    func send(_ parcel: Parcel) async -> CallOutcome {
        do {
            switch parcel.request {
            case .status(let request): _ = try await service.reportDeviceStatus(request, options: Self.options)
            case .states(let request): _ = try await service.reportDeviceStates(request, options: Self.options)
            }
            return .accepted
        } catch {
            return CallOutcome(error)
        }
    }

    private static var options: CallOptions {
        var options = CallOptions.defaults
        options.timeout = timeout
        options.waitForReady = false
        options.maxResponseMessageBytes = responseLimit
        return options
    }
}
