// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import CLibBluetooth
import Glibc
import MapperKit
import Synchronization

/// Is the control channel to the kernel's Bluetooth: commands with their answers, and events.
///
/// Works on any socket that keeps packets apart, so that a test plays the kernel at the other end of a pair.
final class ManagementSocket: Sendable {
    /// An event with the adapter it is about.
    struct Event: Hashable, Sendable {
        var index: UInt16
        var event: MGMTEvent
    }

    private typealias Waiting = CheckedContinuation<Result<MGMTAnswer, ManagementError>, Never>

    private struct Request: Sendable {
        var command: MGMTCommand
        var index: UInt16
        var isSent = false
        /// `nil` until the caller waits.
        var waiting: Waiting?

        var kind: MGMTRequestQueue.Kind { MGMTRequestQueue.Kind(command: command.code, index: index) }
    }

    private struct Listener: Sendable {
        var wants: @Sendable (Event) -> Bool
        var stream: AsyncStream<Event>.Continuation
    }

    private struct State: Sendable {
        var queue = MGMTRequestQueue()
        var requests: [UInt64: Request] = [:]
        var listeners: [UInt64: Listener] = [:]
        var lastID: UInt64 = 0
        var isClosed = false

        mutating func newID() -> UInt64 {
            lastID += 1
            return lastID
        }
    }

    /// Longer than the kernel itself waits for a controller.
    static let patience = Duration.seconds(12)

    private let clock: any MapperClock
    private let queue = DispatchQueue(label: "bluetooth.management")
    private let state = Mutex(State())
    private let socket: Mutex<PacketSocket?> = Mutex(nil)

    /// How many commands have neither an answer nor an end yet.
    var waitingCount: Int { state.withLock { $0.requests.count } }

    /// Takes a socket, which it closes in the end.
    init(descriptor: CInt, clock: any MapperClock) {
        self.clock = clock
        let packets = PacketSocket(descriptor, largestPacket: HCISocket.packetSize) { [weak self] event in
            self?.receive(event)
        }
        socket.withLock { $0 = packets }
        packets.start()
    }

    deinit {
        close()
    }

    /// Opens the kernel's control channel.
    static func open(clock: any MapperClock) throws(ManagementError) -> ManagementSocket {
        do throws(BluetoothErrno) {
            return ManagementSocket(descriptor: try HCISocket.openControl(), clock: clock)
        } catch {
            throw .unavailable(error)
        }
    }

    /// Sends a command and waits for its answer.
    /// - Throws: also when the kernel refuses.
    @discardableResult
    func send(
        _ command: MGMTCommand,
        to index: UInt16 = MGMTPacket.noIndex,
        within time: Duration = patience
    ) async throws(ManagementError) -> MGMTAnswer {
        let id = state.withLock { state in
            let id = state.newID()
            state.requests[id] = Request(command: command, index: index)
            return id
        }
        let deadline = clock.uptime + time
        let timer = Task { [clock, weak self] in
            guard (try? await clock.sleep(untilUptime: deadline)) != nil else { return }
            self?.giveUp(id, .timedOut(command, index: index, time))
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { begin(id, $0) }
        } onCancel: {
            giveUp(id, .cancelled)
        }
        let answer = try result.get()
        guard answer.status == .success else { throw .refused(command, index: index, answer.status) }
        return answer
    }

    /// Listens to events from now on, until the stream is let go or the channel closes.
    ///
    /// Whoever does not keep up loses the oldest ones; so let nobody who waits for rare events listen to frequent ones.
    func events(
        keeping limit: Int = 256,
        where wants: @escaping @Sendable (Event) -> Bool = { _ in true }
    ) -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(limit))
        let id = state.withLock { state -> UInt64? in
            guard !state.isClosed else { return nil }
            let id = state.newID()
            state.listeners[id] = Listener(wants: wants, stream: continuation)
            return id
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Closes the channel; whoever waits is told, and the streams end.
    func close() {
        let (requests, listeners) = state.withLock { state in
            defer {
                state.isClosed = true
                state.requests = [:]
                state.listeners = [:]
            }
            return (state.requests, state.listeners)
        }
        socket.withLock { $0.take() }?.close()
        for request in requests.values { request.waiting?.resume(returning: .failure(.closed)) }
        for listener in listeners.values { listener.stream.finish() }
    }

    // MARK: - Requests

    private func begin(_ id: UInt64, _ waiting: Waiting) {
        let (refusal, isFirst) = state.withLock { state -> (ManagementError?, Bool) in
            if state.isClosed {
                state.requests[id] = nil
                return (.closed, false)
            }
            // Cancelled, or out of time, before it began.
            guard var request = state.requests[id] else { return (.cancelled, false) }
            request.waiting = waiting
            state.requests[id] = request
            return (nil, state.queue.add(id, request.kind))
        }
        if let refusal { return waiting.resume(returning: .failure(refusal)) }
        if isFirst { transmitLater(id) }
    }

    private func transmitLater(_ id: UInt64?) {
        guard let id else { return }
        queue.async { [weak self] in self?.transmit(id) }
    }

    /// Runs on the queue.
    private func transmit(_ id: UInt64) {
        let request = state.withLock { state in
            state.requests[id]?.isSent = true
            return state.isClosed ? nil : state.requests[id]
        }
        guard let request else { return }
        do throws(BluetoothErrno) {
            // How much the kernel says it took means nothing: for a command that it refuses at once that is 0, and the
            // refusal comes as an answer.
            guard let socket = socket.withLock({ $0 }) else { throw BluetoothErrno(ENOTCONN) }
            try socket.send(request.command.packet(for: request.index).bytes)
        } catch {
            let (waiting, next) = state.withLock { state in
                (state.requests.removeValue(forKey: id)?.waiting, state.queue.withdraw(id, request.kind))
            }
            transmitLater(next)
            waiting?.resume(returning: .failure(.notSent(request.command, error)))
        }
    }

    private func giveUp(_ id: UInt64, _ reason: ManagementError) {
        let (waiting, next) = state.withLock { state -> (Waiting?, UInt64?) in
            guard let request = state.requests.removeValue(forKey: id) else { return (nil, nil) }
            guard request.isSent else { return (request.waiting, state.queue.withdraw(id, request.kind)) }
            state.queue.abandon(id, request.kind)
            return (request.waiting, nil)
        }
        transmitLater(next)
        waiting?.resume(returning: .failure(reason))
    }

    // MARK: - Receiving, on the socket's thread

    private func receive(_ event: PacketSocket.Event) {
        switch event {
        case .packet(let bytes):
            if let packet = MGMTPacket(bytes), let message = MGMTMessage(packet) { handle(message) }
        case .closed: close()
        }
    }

    private func handle(_ message: MGMTMessage) {
        switch message {
        case .answer(let answer):
            let (waiting, next) = state.withLock { state in
                let kind = MGMTRequestQueue.Kind(command: answer.command, index: answer.index)
                let (owner, next) = state.queue.answered(kind)
                return (owner.flatMap { state.requests.removeValue(forKey: $0)?.waiting }, next)
            }
            transmitLater(next)
            waiting?.resume(returning: .success(answer))
        case .event(let event, let index):
            let event = Event(index: index, event: event)
            let listeners = state.withLock { Array($0.listeners.values) }
            for listener in listeners where listener.wants(event) { listener.stream.yield(event) }
        }
    }
}
