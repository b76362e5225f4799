// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import MapperKit

/// Listens for EdgeCore's calls.
struct MapperServer: Sendable {
    /// A device with every property there is stays far below this.
    private static let requestLimit = 64 << 20
    /// How often to look whether the socket's file is still there.
    private static let pause = Duration.milliseconds(500)

    /// Why there is no listening.
    enum Failure: Error {
        /// Another process listens on the path.
        case taken
        /// The path cannot be listened on.
        case unusable(String)
    }

    let path: String
    let service: MapperService
    let clock: any MapperClock

    /// Listens until the task is cancelled or the socket's file is gone or replaced.
    /// - Parameter onListening: Called once, when calls can come.
    /// - Throws: ``Failure`` when listening is impossible at the moment.
    func run(_ onListening: @escaping @Sendable () -> Void) async throws {
        // Of what is in the way gRPC says no more than that nobody listens.
        if let obstacle = SocketPlace.obstacle(toMaking: path) { throw Failure.unusable(obstacle.reasonForSilence) }
        // Listening takes a file away that is there: a mapper that died leaves one, but another may be alive.
        if await Reachability.answers(socket: path) { throw Failure.taken }
        var config = HTTP2ServerTransport.Posix.Config.defaults
        config.rpc.maxRequestPayloadSize = Self.requestLimit
        config.connection.maxGraceTime = .milliseconds(300)
        let transport = HTTP2ServerTransport.Posix(
            address: .unixDomainSocket(path: path),
            transportSecurity: .plaintext,
            config: config
        )
        do {
            try await serve(transport, onListening)
        } catch {
            if Task.isCancelled { return }
            throw Failure.unusable((error as? RuntimeError)?.message ?? String(describing: error))
        }
    }

    /// Serves until the task is cancelled or the socket's file is another one.
    ///
    /// The server is not cancelled itself: it would drop a call that comes in that moment, which NIO takes for a mistake
    /// in the program and ends it.
    private func serve(
        _ transport: HTTP2ServerTransport.Posix,
        _ onListening: @escaping @Sendable () -> Void
    ) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let service = service
        let serving = Task {
            try await withGRPCServer(transport: transport, services: [service]) { server in
                guard try await server.listeningAddress != nil else { return }
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await self.listen(onListening) }
                    group.addTask { for await _ in ends {} }
                    await group.next()
                    group.cancelAll()
                }
            }
        }
        try await withTaskCancellationHandler {
            try await serving.value
        } onCancel: {
            end.finish()
            Task {
                // An EdgeCore that hangs does not let go of its connection.
                try await Task.sleep(for: .milliseconds(500))
                serving.cancel()
            }
        }
    }

    private func listen(_ onListening: @Sendable () -> Void) async {
        guard let file = SocketFile(path) else { return }
        onListening()
        while file.isSame(as: SocketFile(path)) {
            guard (try? await clock.sleep(untilUptime: clock.uptime + Self.pause)) != nil else { break }
        }
        // Nobody is to find a file behind which nobody is; one that others made is theirs.
        if file.isSame(as: SocketFile(path)) { unlink(path) }
    }
}
