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
        /// Whether the thread waits for work.
        var isIdle = false
        /// Whether a command is about to come, before which no reading is to begin.
        var isKeptFree = false
    }

    /// How long the line is kept free for a command that nobody says will not come: threads have to wake up meanwhile.
    private static let longestFree = DispatchTimeInterval.milliseconds(100)

    let address: BusAddress
    /// Raised when the bus is to end.
    let stopSignal: StopSignal
    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let end = DispatchGroup()
    /// What was learnt, once the bus has ended.
    private let memory = Mutex<BusMemory?>(nil)

    private init(_ address: BusAddress) throws(DeviceError) {
        self.address = address
        stopSignal = try StopSignal()
    }

    /// Starts a bus, without connecting yet.
    /// - Parameter predecessor: A stopped bus of the same line, whose end is waited for before the line is opened, and
    ///   what it has learnt is taken over: how long to wait before the next attempt, who may still answer.
    static func start(_ address: BusAddress, after predecessor: Bus?, in environment: BusEnvironment)
        throws(DeviceError) -> Bus
    {
        let bus = try Bus(address)
        var environment = environment
        environment.logger[metadataKey: "bus"] = "\(address)"
        bus.end.enter()
        do throws(DeviceError) {
            try DedicatedThread.start { [environment] in
                let memory = predecessor?.waitForEnd() ?? BusMemory(ports: environment.ports)
                var thread = BusThread(bus: bus, environment: environment, memory: memory)
                let learnt = thread.run()
                bus.memory.withLock { $0 = learnt }
                bus.end.leave()
            }
        } catch {
            bus.end.leave()
            throw error
        }
        return bus
    }

    /// Waits for the thread to end, which it does soon after the bus is stopped.
    /// - Returns: what was learnt.
    func waitForEnd() -> BusMemory? {
        end.wait()
        return memory.withLock { $0 }
    }

    /// Has a transaction done; returns within moments when the calling task is cancelled, whatever the bus does.
    /// - Parameter place: Through which the transaction can be withdrawn as long as it has not begun.
    func perform(_ transaction: Transaction, at place: WaitingPlace? = nil) async throws(BusFault) -> BusReply {
        let ticket = Ticket(transaction)
        place?.hold(ticket)
        defer { place?.hold(nil) }
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

    /// Lets no reading begin for a moment, because a command is about to come.
    ///
    /// Without that, the next reading in the queue would begin while the command is on its way from one thread to the
    /// other, and on a slow line hold it up for a long time.
    func keepFree() { state.withLock { $0.isKeptFree = true } }

    /// Lets readings begin again: no command comes after all.
    func release() {
        let mustWake = state.withLock { state in
            defer { (state.isKeptFree, state.isIdle) = (false, state.isIdle && !state.isKeptFree) }
            return state.isIdle && state.isKeptFree
        }
        if mustWake { wakeUp.signal() }
    }

    /// Ends the thread at once, whatever it waits for; what has been sent may still be carried out.
    func stop() {
        stopSignal.raise()
        let waiting = state.withLock { state in
            state.isStopped = true
            return state.queue.removeAll()
        }
        for ticket in waiting { ticket.settle(.failure(.cancelled)) }
        wakeUp.signal()
    }

    private func enqueue(_ ticket: Ticket) {
        let (refusal, mustWake): (BusFault?, Bool) = state.withLock { state in
            if state.isStopped { return (.cancelled, false) }
            guard state.queue.add(ticket) else { return (.overloaded(TicketQueue.capacity), false) }
            defer { state.isIdle = false }
            return (nil, state.isIdle)
        }
        if let refusal { ticket.settle(.failure(refusal)) }
        if mustWake { wakeUp.signal() }
    }
}

/// What the bus thread calls.
extension Bus {
    /// Waits for the next transaction; `nil` when the bus is stopped.
    /// - Parameter idle: Called before waiting, when nothing is to be done.
    func nextEntry(idle: () -> Void) -> TicketQueue.Entry? {
        var end: DispatchTime?
        while true {
            let (entry, isKeptFree, isStopped) = state.withLock { state in
                let entry = state.isStopped ? nil : state.queue.next(isKeptFree: state.isKeptFree)
                if entry != nil { state.isKeptFree = false }
                state.isIdle = entry == nil
                return (entry, state.isKeptFree, state.isStopped)
            }
            if isStopped { return nil }
            if let entry { return entry }
            // What that brings may be there at once.
            idle()
            guard isKeptFree else {
                wakeUp.wait()
                continue
            }
            let latest = end ?? .now() + Self.longestFree
            end = latest
            if wakeUp.wait(timeout: latest) == .timedOut { state.withLock { $0.isKeptFree = false } }
        }
    }

    /// Takes a read back that is to be tried again; false when nobody wants it any more, or there is no place.
    func putBack(_ entry: TicketQueue.Entry) -> Bool {
        guard !entry.ticket.isSettled else { return false }
        var entry = entry
        entry.attempts += 1
        return state.withLock { [entry] state in !state.isStopped && state.queue.putBack(entry) }
    }

    /// Fails everybody who waits.
    func failWaiting(with fault: BusFault) {
        for ticket in state.withLock({ $0.queue.removeAll() }) { ticket.settle(.failure(fault)) }
    }
}
