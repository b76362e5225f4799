// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Logging
import MapperKit
import Synchronization

/// Is one serial line, or one host and port, and everybody's way to the units behind it.
///
/// A thread of its own does one transaction after the other; callers wait without holding any thread. Another
/// bus never notices what happens here.
final class Bus: Sendable {
    private struct State {
        var queue = TicketQueue()
        var isStopped = false
        /// The open socket, while it may be shut down from outside.
        var descriptor: CInt?
    }

    let address: BusAddress
    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let end = DispatchGroup()

    private init(_ address: BusAddress) {
        self.address = address
    }

    /// Starts a bus, without connecting yet.
    /// - Parameter predecessor: A stopped bus of the same line, whose end is waited for before the line is opened.
    static func start(_ address: BusAddress, after predecessor: Bus?, logger: Logger) throws(DeviceError) -> Bus {
        let bus = Bus(address)
        var logger = logger
        logger[metadataKey: "bus"] = "\(address)"
        bus.end.enter()
        do throws(DeviceError) {
            try DedicatedThread.start { [logger] in
                predecessor?.end.wait()
                var thread = BusThread(bus: bus, logger: logger)
                thread.run()
                bus.end.leave()
            }
        } catch {
            bus.end.leave()
            throw error
        }
        return bus
    }

    /// Has a transaction done; returns within moments when the calling task is cancelled, whatever the bus does.
    func perform(_ transaction: Transaction) async throws(BusFault) -> BusReply {
        let ticket = Ticket(transaction)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                ticket.attach(continuation)
                enqueue(ticket)
            }
        } onCancel: {
            ticket.settle(.failure(.cancelled))
        }
        return try outcome.get()
    }

    /// Ends the thread: at once on a connection, after the transaction under way on a serial line.
    func stop() {
        let waiting = state.withLock { state in
            state.isStopped = true
            // Under the lock, so that the number cannot belong to another file by now.
            if let descriptor = state.descriptor { shutdown(descriptor, CInt(SHUT_RDWR)) }
            return state.queue.removeAll()
        }
        for ticket in waiting { ticket.settle(.failure(.cancelled)) }
        wakeUp.signal()
    }

    private func enqueue(_ ticket: Ticket) {
        let refusal: BusFault? = state.withLock { state in
            if state.isStopped { return .cancelled }
            return state.queue.add(ticket) ? nil : .overloaded(TicketQueue.capacity)
        }
        if let refusal {
            ticket.settle(.failure(refusal))
        } else {
            wakeUp.signal()
        }
    }
}

/// What the bus thread calls.
extension Bus {
    /// Waits for the next transaction; `nil` when the bus is stopped.
    func nextTicket() -> Ticket? {
        while true {
            let (ticket, isStopped) = state.withLock { ($0.queue.next(), $0.isStopped) }
            if isStopped { return nil }
            if let ticket { return ticket }
            wakeUp.wait()
        }
    }

    /// Fails everybody who waits.
    func failWaiting(with fault: BusFault) {
        for ticket in state.withLock({ $0.queue.removeAll() }) { ticket.settle(.failure(fault)) }
    }

    /// Says which socket ``stop()`` may shut down.
    ///
    /// Called before it is closed with `nil`.
    func publish(descriptor: CInt?) {
        state.withLock { state in
            state.descriptor = descriptor
            if state.isStopped, let descriptor { shutdown(descriptor, CInt(SHUT_RDWR)) }
        }
    }
}
