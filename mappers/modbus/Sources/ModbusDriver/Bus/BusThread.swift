// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Does the work of a bus's thread: takes one ticket after the other and keeps the link open.
struct BusThread: ~Copyable {
    /// How long a connection may take to come about; longer than an answer, as routers and resolvers need their time.
    private static let connectTimeout = Duration.seconds(2)

    private let bus: Bus
    private let logger: Logger
    private var connection = Connection.closed
    private var backoff = ReconnectBackoff()
    private var isDown = false

    init(bus: Bus, logger: Logger) {
        self.bus = bus
        self.logger = logger
    }

    /// Works until the bus is stopped.
    mutating func run() {
        while let ticket = bus.nextTicket() {
            do throws(BusFault) {
                ticket.settle(.success(try perform(ticket.transaction)))
            } catch {
                ticket.settle(.failure(error))
                // Whoever waits for the same broken way would only wait in vain.
                if case .unreachable = error { bus.failWaiting(with: error) }
            }
        }
        disconnect()
    }

    private mutating func perform(_ transaction: Transaction) throws(BusFault) -> BusReply {
        let wasConnected = try connect()
        do throws(BusFault) {
            return try exchange(transaction)
        } catch {
            // Devices close idle connections; reading again on a new one harms nobody. On a serial line the answer to the
            // first request could still come and be taken for the second one's.
            guard case .disconnected = error, case .tcp = bus.address else { throw error }
            guard wasConnected, !transaction.request.isWrite else { throw error }
        }
        _ = try connect()
        return try exchange(transaction)
    }

    private mutating func exchange(_ transaction: Transaction) throws(BusFault) -> BusReply {
        let start = ContinuousClock.now
        let outcome = connection.exchange(transaction)
        let roundTrip = start.duration(to: .now)
        if connection.isCondemned { disconnect() }
        if case .failure(.disconnected) = outcome { disconnect() }
        return BusReply(answer: try outcome.get(), roundTrip: roundTrip)
    }

    /// Opens the link unless it is open; true when it was.
    private mutating func connect() throws(BusFault) -> Bool {
        guard connection.isClosed else { return true }
        if let fault = backoff.reasonToWait(at: .now) { throw fault }
        do throws(BusFault) {
            connection = try open()
        } catch {
            backoff.failed(with: error, at: .now)
            noteDown(error)
            throw error
        }
        backoff.succeeded()
        noteUp()
        return false
    }

    private func open() throws(BusFault) -> Connection {
        switch bus.address {
        case .tcp(let host, let port):
            let link = try TCPLink(host: host, port: port, timeout: Self.connectTimeout)
            bus.publish(descriptor: link.descriptor)
            return .tcp(link)
        case .serial(let line):
            return .serial(try SerialLink(line) { logger.warning("\($0)") })
        }
    }

    private mutating func disconnect() {
        // First nobody else may touch the descriptor any more, then its number is given back.
        bus.publish(descriptor: nil)
        connection = .closed
    }

    private mutating func noteDown(_ fault: BusFault) {
        guard !isDown else { return }
        isDown = true
        logger.debug("bus cannot be opened", metadata: ["reason": "\(fault)"])
    }

    private mutating func noteUp() {
        if isDown { logger.debug("bus is open again") }
        isDown = false
    }
}
