// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibMosquitto
import Glibc
import Logging

/// Connects, serves the connection, and connects again, until told to stop; runs on one thread and blocks it.
///
/// libmosquitto's own thread is not used: it connects with a blocking `connect`, which an address that drops packets
/// holds for two minutes, and stopping it means waiting for that. Here every wait is one `poll` that a command ends.
struct MosquittoLoop {
    /// How long the broker may take to accept a connection.
    private static let connectLimit = Duration.seconds(10)
    /// How long a goodbye may take; it is a few bytes into a socket buffer.
    private static let goodbyeLimit = Duration.milliseconds(250)

    let configuration: MQTTConfiguration
    let queue: CommandQueue
    let events: AsyncStream<MQTTEvent>.Continuation
    let logger: Logger

    private let clock = ContinuousClock()
    private var waiting: [CInt: ClientCommand] = [:]
    private var delay = ReconnectDelay()
    private var lastReason: MQTTError?

    init(
        configuration: MQTTConfiguration,
        queue: CommandQueue,
        events: AsyncStream<MQTTEvent>.Continuation,
        logger: Logger
    ) {
        self.configuration = configuration
        self.queue = queue
        self.events = events
        self.logger = logger
    }

    /// Returns when the queue was asked to stop; everyone who waits for an answer has one then.
    mutating func run() {
        while !queue.isStopping {
            do {
                try serveOneConnection()
            } catch {
                report(error)
                answerAll(error)
                if !queue.isStopping { waitBeforeRetry(because: error) }
            }
        }
        let stopped = MQTTError(.stopped, "the MQTT client was stopped")
        answerAll(stopped)
        for command in queue.close() { command.answer(.failure(stopped)) }
        events.finish()
    }

    // MARK: One connection

    private mutating func serveOneConnection() throws(MQTTError) {
        let handle = try MosquittoHandle.make(configuration)
        do {
            try handle.connect(configuration)
        } catch {
            // A broker nearby may have read and rejected our first words before this returns.
            throw unreachable(error)
        }
        let begin = clock.now
        var connectedSince: ContinuousClock.Instant?
        defer { if let connectedSince { delay.connectionEnded(after: clock.now - connectedSince) } }
        while !queue.isStopping {
            if connectedSince == nil, try isAccepted(handle, waitingSince: begin) {
                connectedSince = clock.now
                reportConnected()
            }
            for command in queue.take() { execute(command, on: handle, isConnected: connectedSince != nil) }
            settle(handle.inbox)
            try move(handle, atMost: .seconds(1))
        }
        if connectedSince != nil { sayGoodbye(handle) }
    }

    private func isAccepted(
        _ handle: borrowing MosquittoHandle,
        waitingSince begin: ContinuousClock.Instant
    ) throws(MQTTError) -> Bool {
        if let answer = handle.inbox.connectAnswer {
            guard answer == 0 else { throw refusal(answer) }
            return true
        }
        guard clock.now - begin < Self.connectLimit else {
            throw MQTTError(.timedOut, "\(configuration.server) did not answer within \(Self.connectLimit)")
        }
        return false
    }

    /// Waits for bytes, room for bytes, or a command, and moves what can be moved.
    private mutating func move(_ handle: borrowing MosquittoHandle, atMost limit: Duration) throws(MQTTError) {
        guard let socket = handle.socket else { throw lost }
        let wanted = handle.wantsToWrite ? POLLIN | POLLOUT : POLLIN
        var polled = [
            pollfd(fd: queue.wakeDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(wanted), revents: 0),
        ]
        _ = unsafe poll(&polled, nfds_t(polled.count), CInt(limit / .milliseconds(1)))
        do {
            if polled[1].revents & Int16(POLLIN | POLLERR | POLLHUP) != 0 { try handle.read() }
            if handle.socket != nil, polled[1].revents & Int16(POLLOUT) != 0 { try handle.write() }
            if handle.socket != nil { try handle.keepAlive() }
        } catch {
            settle(handle.inbox)
            if let answer = handle.inbox.connectAnswer, answer != 0 { throw refusal(answer) }
            throw handle.inbox.connectAnswer == nil ? unreachable(error) : error
        }
        settle(handle.inbox)
    }

    private mutating func sayGoodbye(_ handle: borrowing MosquittoHandle) {
        handle.disconnect()
        let end = clock.now + Self.goodbyeLimit
        while handle.wantsToWrite, handle.socket != nil, clock.now < end {
            var polled = pollfd(fd: handle.socket ?? -1, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&polled, 1, 50)
            guard (try? handle.write()) != nil else { return }
        }
    }

    // MARK: Commands and answers

    private mutating func execute(
        _ command: ClientCommand,
        on handle: borrowing MosquittoHandle,
        isConnected: Bool
    ) {
        guard isConnected else { return command.answer(.failure(notConnected)) }
        do throws(MQTTError) {
            let number =
                switch command {
                case .publish(let message, _): try handle.publish(message)
                case .subscribe(let filters, let qos, _): try handle.subscribe(filters, qos: qos)
                case .unsubscribe(let filters, _): try handle.unsubscribe(filters)
                }
            waiting[number] = command
        } catch {
            command.answer(.failure(error))
        }
    }

    /// Passes on what the callbacks left.
    private mutating func settle(_ inbox: MosquittoInbox) {
        for acknowledgement in inbox.acknowledgements {
            switch acknowledgement {
            case .published(let number), .unsubscribed(let number):
                waiting.removeValue(forKey: number)?.answer(.success(()))
            case .subscribed(let number, let granted):
                guard let command = waiting.removeValue(forKey: number) else { continue }
                command.answer(Self.result(of: command, granted: granted))
            }
        }
        inbox.acknowledgements = []
        for message in inbox.messages { events.yield(.message(message)) }
        inbox.messages = []
    }

    private static func result(of command: ClientCommand, granted: [CInt]) -> Result<Void, MQTTError> {
        guard case .subscribe(let filters, _, _) = command else { return .success(()) }
        let refused = zip(filters, granted).filter { $0.1 < 0 || $0.1 > 2 }.map(\.0)
        guard !refused.isEmpty else { return .success(()) }
        let names = refused.joined(separator: ", ").excerpt
        return .failure(
            MQTTError(.subscriptionRefused, "the broker refused to subscribe to \(names); check its access rules")
        )
    }

    private mutating func answerAll(_ error: MQTTError) {
        for command in waiting.values { command.answer(.failure(error)) }
        waiting = [:]
    }

    // MARK: Between connections

    private mutating func waitBeforeRetry(because error: MQTTError) {
        let end = clock.now + delay.take(jitter: Double.random(in: 0...1))
        while !queue.isStopping {
            let left = end - clock.now
            guard left > .zero else { return }
            var polled = pollfd(fd: queue.wakeDescriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&polled, 1, CInt(left / .milliseconds(1)) + 1)
            for command in queue.take() { command.answer(.failure(notConnected)) }
        }
    }

    private mutating func reportConnected() {
        lastReason = nil
        logger.info("connected to the MQTT broker", metadata: ["server": "\(configuration.server)"])
        events.yield(.connected)
    }

    private mutating func report(_ reason: MQTTError) {
        guard reason != lastReason else { return }
        lastReason = reason
        logger.warning("no connection to the MQTT broker; trying again", metadata: ["reason": "\(reason)"])
        events.yield(.disconnected(reason))
    }

    // MARK: Reasons

    private var lost: MQTTError { MQTTError(.connectionLost, "\(configuration.server) closed the connection") }

    private var notConnected: MQTTError {
        MQTTError(.notConnected, "there is no connection to \(configuration.server) at the moment")
    }

    private func refusal(_ answer: CInt) -> MQTTError {
        MQTTError(
            connectAnswer: answer,
            server: configuration.server,
            clientID: configuration.clientID,
            username: configuration.username
        )
    }

    /// An error before the broker's first word, named after the attempt instead of the system call.
    private func unreachable(_ error: MQTTError) -> MQTTError {
        let attempt = "could not connect to \(configuration.server): "
        if error.code == .connectionLost, configuration.server.usesTLS {
            // With TLS 1.3 a broker minds a client certificate only after the client believes all is well.
            let certificate = configuration.certificateFile.map { "another client certificate than \($0)" }
            let wanted = certificate ?? "a client certificate"
            return MQTTError(.tls, attempt + "the broker hung up without a word; it may want \(wanted)")
        }
        let reason = error.message.firstRange(of: ": ").map { error.message[$0.upperBound...] } ?? error.message[...]
        return MQTTError(error.code == .connectionLost ? .unreachable : error.code, attempt + reason)
    }
}
