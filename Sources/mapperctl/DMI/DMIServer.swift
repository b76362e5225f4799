// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import GRPCCore
import GRPCNIOTransportHTTP2Posix
import MapperDMI
import MapperKit
import MapperTesting
import Synchronization

/// An edge that mappers reach by DMI, as the real one does it: a gRPC server on a Unix socket, and calls back.
///
/// It can be started, killed and restarted in the process of a test. What happens is in ``history``, where tests can
/// wait for it.
final class DMIServer: Sendable {
    let options: DMIServerOptions
    /// What has happened.
    let history: Watched<DMIHistory>
    /// The state behind the socket.
    let node: SharedNode

    private struct Process {
        var task: Task<Void, Never>?
        /// Lets the socket's server end.
        var shutDown: (@Sendable () -> Void)?
        /// Whether it is to end, so that no crash makes it serve again.
        var isEnding = false
        /// Whether it ran before, so that the next start is a restart.
        var hasRun = false
        /// What somebody wanted while it was down.
        var wanted: DeviceProfile?
    }

    private let process = Mutex(Process())
    private let calls = CallQueue()
    private let caller: MapperCaller

    /// Creates a server that is not started.
    /// - Parameters:
    ///   - twin: The DeviceTwin behind it; one of the options' version when `nil`.
    ///   - onEffect: Gets everything that happens, in order; must be quick.
    init(
        _ options: DMIServerOptions,
        twin: DeviceTwin? = nil,
        onEffect: @escaping @Sendable (EdgeEffect) -> Void = { _ in }
    ) {
        self.options = options
        let history = Watched(DMIHistory())
        self.history = history
        caller = MapperCaller(version: EdgeCoreDMIVersion(options.version), timeout: options.callTimeout)
        node = SharedNode(options.makeNode(twin)) { [calls] effect in
            if case .call(let call) = effect { calls.add(call) }
            history.change { $0.note(effect) }
            onEffect(effect)
        }
    }

    /// The requests that a real EdgeCore would not have survived.
    var crashes: [String] { history.now.crashes }

    /// Starts serving; after ``kill()`` or ``stop()`` as a restarted EdgeCore.
    /// - Throws: ``DMIServerError`` when the socket cannot be served.
    func start() async throws {
        try await claimSocket()
        let (isRestart, wanted) = process.withLock { process in
            process.isEnding = false
            defer { process.hasRun = true }
            return (process.hasRun, process.wanted.take())
        }
        let stream = calls.open()
        if isRestart { node.change { $0.restart() } }
        if let wanted { node.change { $0.settle(wanted) } }
        history.change { $0.phase = .starting }
        let task = Task { await run(stream) }
        process.withLock { $0.task = task }
        let phase = try await history.first { $0.phase == .starting ? nil : $0.phase }
        if case .failed(let reason) = phase {
            await end()
            throw DMIServerError(path: options.socketPath, reason: reason)
        }
    }

    /// Makes sure that the socket can be made and is nobody else's; a file that a dead process left is replaced.
    private func claimSocket() async throws {
        let path = options.socketPath
        if let obstacle = SocketPlace.obstacle(toMaking: path) {
            throw DMIServerError(path: path, reason: obstacle.reasonForSilence)
        }
        guard await !Reachability.answers(socket: path) else {
            throw DMIServerError(
                path: path,
                reason: "another process serves this socket: end it, or choose another path"
            )
        }
    }

    /// Stops serving; the socket's file goes away.
    func stop() async { await end() }

    /// Ends as a process does that is killed: connections break, and the socket's file stays behind.
    func kill() async {
        let stale = StaleSocket(options.socketPath)
        await end()
        stale.leaveBehind()
    }

    /// Kills it and starts it again.
    func restart() async throws {
        await kill()
        try await start()
    }

    /// Brings the node's devices to what is wanted, as the cluster does; mappers are told at once, or after the start.
    func put(_ profile: DeviceProfile) {
        let isUp = process.withLock { process in
            if process.task == nil { process.wanted = profile }
            return process.task != nil
        }
        if isUp { node.change { $0.settle(profile) } }
    }

    /// Tells mappers of all devices as if they were new, as a restarted CloudCore does.
    func insertAgain() { node.change { $0.insertAgain() } }

    /// Calls the mapper of a protocol with any message, beside the calls that the node makes by itself.
    /// - Returns: why it failed; `nil` when it did not.
    func send(_ request: DownstreamRequest, to protocolName: String) async -> String? {
        guard let address = node.now.dmi?.clients[protocolName]?.path else {
            return "fail to get dmi client of protocol \(protocolName)"
        }
        return await caller.call(address, request)
    }

    private func end() async {
        let (task, shutDown) = process.withLock { process in
            process.isEnding = true
            return (process.task.take(), process.shutDown.take())
        }
        calls.close()
        // A server that is cancelled instead drops requests that come in that moment, which NIO takes for a mistake in
        // the program and ends it.
        shutDown?()
        // A mapper that hangs does not let go of its connection.
        let patience = Task {
            try await Task.sleep(for: .milliseconds(300))
            task?.cancel()
        }
        await task?.value
        patience.cancel()
        history.change { $0.phase = .stopped }
    }

    private func run(_ calls: AsyncStream<DownstreamCall>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                for await call in calls {
                    let failure = await caller.call(call.address, call.request)
                    if !Task.isCancelled { node.change { $0.callEnded(call, failure) } }
                }
            }
            var hasCrashed = true
            while hasCrashed { hasCrashed = await serve() }
            group.cancelAll()
        }
    }

    /// Serves until the task is cancelled or a request is the end.
    /// - Returns: whether to go on after a crash.
    private func serve() async -> Bool {
        let (crashes, crash) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        var config = HTTP2ServerTransport.Posix.Config.defaults
        config.connection.maxGraceTime = .milliseconds(20)
        let transport = HTTP2ServerTransport.Posix(
            address: .unixDomainSocket(path: options.socketPath),
            transportSecurity: .plaintext,
            config: config
        )
        let service = ManagerService(node: node) { [history] in
            history.change { $0.phase = .starting }
            crash.yield()
        }
        let server = GRPCServer(transport: transport, services: [service])
        let isEnding = process.withLock { process in
            process.shutDown = { server.beginGracefulShutdown() }
            return process.isEnding
        }
        if isEnding { return false }
        return await withTaskGroup(of: Bool?.self) { group in
            group.addTask { [history, node] in
                do {
                    try await server.serve()
                } catch {
                    guard !Task.isCancelled else { return false }
                    let reason = (error as? RuntimeError)?.reason ?? "\(error)"
                    history.change { $0.phase = .failed(reason) }
                    node.change { _ in [.line(.trouble("DMI is not served: \(reason)"))] }
                }
                return false
            }
            group.addTask { [history] in
                // Why it does not listen is for the other task to say.
                guard (try? await transport.listeningAddress) != nil else { return nil }
                history.change { $0.phase = .listening }
                for await _ in crashes { return true }
                return nil
            }
            defer { group.cancelAll() }
            var hasCrashed = false
            while let end = await group.next() {
                if end == false { break }
                if end == true {
                    hasCrashed = true
                    server.beginGracefulShutdown()
                }
            }
            return hasCrashed
        }
    }
}

extension RuntimeError {
    /// What went wrong, without gRPC's words for where.
    fileprivate var reason: String { cause.map { "\($0)" } ?? message }
}
