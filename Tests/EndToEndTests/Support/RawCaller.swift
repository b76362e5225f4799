// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// Calls a mapper with any bytes for a request.
struct RawCaller {
    private struct Bytes: MessageSerializer {
        func serialize<Buffer: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Buffer { Buffer(message) }
    }

    private struct Nothing: MessageDeserializer {
        func deserialize<Buffer: GRPCContiguousBytes>(_ buffer: Buffer) throws -> Bool { true }
    }

    private let client: GRPCClient<HTTP2ClientTransport.Posix>

    /// Runs a body with a connection to a mapper's socket.
    static func with(_ socket: String, _ body: (RawCaller) async throws -> Void) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            target: .unixDomainSocket(path: socket),
            transportSecurity: .plaintext
        )
        try await withGRPCClient(transport: transport) { client in try await body(RawCaller(client: client)) }
    }

    /// Calls one procedure.
    /// - Returns: the code of the answer; `nil` when all went well.
    func call(_ method: String, _ request: [UInt8]) async -> RPCError.Code? {
        var options = CallOptions.defaults
        options.timeout = .seconds(10)
        do {
            _ = try await client.unary(
                request: ClientRequest(message: request),
                descriptor: MethodDescriptor(fullyQualifiedService: "v1beta1.DeviceMapperService", method: method),
                serializer: Bytes(),
                deserializer: Nothing(),
                options: options
            ) { try $0.message }
            return nil
        } catch {
            return (error as? RPCError)?.code ?? .unknown
        }
    }
}
