// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import Logging

/// Does the work of a bus's thread: takes one ticket after the other and keeps the link open.
struct BusThread: ~Copyable {
    private let bus: Bus
    private let logger: Logger
    private let opener: LinkOpener
    private let metrics: BusMetrics
    private let factory: any MetricsFactory
    /// What the caller of the last transaction has not been told yet.
    private let earlier: DelayedOutcome
    private var units: [UInt8: UnitMetrics] = [:]
    private var connection = Connection.closed
    private var memory: BusMemory
    private var isDown = false
    private var hasBeenOpen = false
    /// Whether anything of the last request may have left.
    private var lastWasSent = false

    init(bus: Bus, environment: BusEnvironment, memory: BusMemory) {
        self.bus = bus
        self.memory = memory
        logger = environment.logger
        factory = environment.metrics
        metrics = BusMetrics(bus.address, factory: factory)
        earlier = DelayedOutcome()
        opener = LinkOpener(address: bus.address, environment: environment, stop: bus.stopSignal, earlier: earlier)
    }

    /// Works until the bus is stopped.
    /// - Returns: what was learnt.
    mutating func run() -> BusMemory {
        while let entry = bus.nextEntry(idle: earlier.deliver) {
            let start = ContinuousClock.now
            serve(entry)
            metrics.note(busy: start.duration(to: .now))
        }
        earlier.deliver()
        disconnect()
        return memory
    }

    private mutating func serve(_ entry: TicketQueue.Entry) {
        let transaction = entry.ticket.transaction
        do throws(BusFault) {
            let reply = try perform(transaction)
            if transaction.role == .command, !reply.answer.isRefusal { bus.keepFree() }
            earlier.hold(.success(reply), for: entry.ticket)
        } catch {
            earlier.deliver()
            let mayRetry = error.isWorthARetry && !transaction.request.isWrite
            if mayRetry, entry.attempts < transaction.retries, bus.putBack(entry) {
                metrics(of: transaction.unit).retries.increment()
                return
            }
            entry.ticket.settle(.failure(error))
            // Whoever waits for the same broken way would only wait in vain.
            if case .unreachable = error { bus.failWaiting(with: error) }
        }
    }

    private mutating func perform(_ transaction: Transaction) throws(BusFault) -> BusReply {
        let wasConnected = try connect()
        try rest(before: transaction)
        do throws(BusFault) {
            return try exchange(transaction)
        } catch {
            // Devices close idle connections. What was not sent harms nobody on a new one, nor does reading again, except
            // on a line, where the answer to the first request could still come and be taken for the second one's.
            guard case .disconnected = error, wasConnected else { throw error }
            guard !lastWasSent || (bus.address.tellsAnswersApart && !transaction.request.isWrite) else { throw error }
        }
        _ = try connect()
        return try exchange(transaction)
    }

    private mutating func exchange(_ transaction: Transaction) throws(BusFault) -> BusReply {
        let drained = connection.notes.drainedBytes
        // A line wants silence before the next request: too long to keep somebody waiting.
        if !bus.address.tellsAnswersApart { earlier.deliver() }
        let outcome = connection.exchange(transaction)
        (memory.lastEnd, memory.lastUnit) = (.now, transaction.unit)
        let notes = connection.notes
        lastWasSent = notes.hasSent
        metrics.note(drained: notes.drainedBytes - drained)
        if notes.hasSent { metrics(of: transaction.unit).note(outcome, after: notes.roundTrip) }
        if notes.isCondemned { disconnect() }
        if case .failure(.disconnected) = outcome { disconnect() }
        return BusReply(answer: try outcome.get(), roundTrip: notes.roundTrip)
    }

    /// Leaves the bus alone for as long as the device wants.
    private func rest(before transaction: Transaction) throws(BusFault) {
        while true {
            let remaining = memory.rest(before: transaction, at: .now)
            guard remaining > .zero else { return }
            earlier.deliver()
            let signal = Descriptor(number: bus.stopSignal.descriptor)
            if case .stopped = signal.wait(atMost: remaining, orUntil: bus.stopSignal) { throw .cancelled }
        }
    }

    /// Opens the link unless it is open; true when it was.
    private mutating func connect() throws(BusFault) -> Bool {
        guard connection.isClosed else { return true }
        earlier.deliver()
        if let fault = memory.backoff.reasonToWait(at: .now) { throw fault }
        do throws(BusFault) {
            connection = try opener.open(&memory)
        } catch {
            guard error != .cancelled else { throw error }
            memory.backoff.failed(with: error, at: .now)
            noteDown(error)
            throw error
        }
        memory.backoff.succeeded()
        noteUp()
        return false
    }

    private mutating func disconnect() {
        if let state = connection.lineState { memory.line = state }
        connection = .closed
    }

    private mutating func metrics(of unit: UInt8) -> UnitMetrics {
        if let known = units[unit] { return known }
        let new = UnitMetrics(bus.address, unit: unit, factory: factory)
        units[unit] = new
        return new
    }

    private mutating func noteDown(_ fault: BusFault) {
        guard !isDown else { return }
        isDown = true
        logger.debug("bus cannot be opened", metadata: ["reason": "\(fault)"])
    }

    private mutating func noteUp() {
        if hasBeenOpen { metrics.reconnects.increment() }
        hasBeenOpen = true
        if isDown { logger.debug("bus is open again") }
        isDown = false
    }
}
