// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Asks a server over one link, and passes on what the server sends by itself.
///
/// Requests wait for each other. One that stays without an answer ends the link, as nothing could be believed after it.
final class ATTChannel: Sendable {
    /// Is a request, with whoever waits for its answer.
    private struct Question {
        let number: UInt64
        let request: ATTRequest
        let limit: Duration
        /// `nil` when nobody waits any more: the answer has to come all the same before the next request.
        var continuation: CheckedContinuation<Result<ATTResponse, ATTFault>, Never>?
        var timer: Task<Void, Never>?
    }

    private struct State {
        var bearer: ATTBearer
        var current: Question?
        var waiting: [Question] = []
        var lastNumber: UInt64 = 0
        var end: ATTFault?
        var onValue: (@Sendable (UInt16, [UInt8]) -> Void)?
        var onEnd: (@Sendable (ATTFault) -> Void)?
        var table = TableWatch()
    }

    /// What the specification gives a server to answer (Core Specification, Vol 3 Part F 3.3.3).
    static let transactionLimit = Duration.seconds(30)

    private let state: Mutex<State>
    private let socket: Mutex<PacketSocket?> = Mutex(nil)
    private let clock: any MapperClock

    /// Takes over a connected socket.
    /// - Parameters:
    ///   - ownMTU: The size of PDUs to offer.
    ///   - clock: Measures how long answers take.
    init(_ descriptor: CInt, ownMTU: Int = ATTBearer.largestMTU, clock: any MapperClock = SystemClock()) {
        self.clock = clock
        state = Mutex(State(bearer: ATTBearer(ownMTU: ownMTU)))
        let packets = PacketSocket(descriptor) { [weak self] event in self?.handle(event) }
        socket.withLock { $0 = packets }
        packets.start()
    }

    deinit { socket.withLock { $0 }?.close() }

    /// How many bytes a PDU to the server may have.
    var mtu: Int { state.withLock { $0.bearer.mtu } }

    /// Whether this side has ended the link.
    var wasClosed: Bool { state.withLock { $0.end == .cancelled } }

    /// Whether a value that the server has sent filled its packet: of a longer one only the beginning is sent (Core
    /// Specification, Vol 3 Part F 3.4.7.1).
    func mayBeCut(_ value: [UInt8]) -> Bool { value.count >= mtu - 3 }

    /// Says who is told what the server sends by itself, and when the link ends, on the socket's thread.
    func listen(onValue: @escaping @Sendable (UInt16, [UInt8]) -> Void, onEnd: @escaping @Sendable (ATTFault) -> Void) {
        let end = state.withLock { state in
            (state.onValue, state.onEnd) = (onValue, onEnd)
            return state.end
        }
        if let end { onEnd(end) }
    }

    /// Says where the server tells that its attributes get other handles.
    /// - Parameter onChange: Called on the socket's thread, before anything that the server sends later is passed on.
    func watchTable(at handle: UInt16, onChange: @escaping @Sendable () -> Void) {
        state.withLock { $0.table.watch(handle, onChange) }
    }

    /// Begins to look handles up.
    /// - Returns: what ``trustTable(since:)`` wants to know.
    func readTable() -> Int { state.withLock(\.table.changes) }

    /// Takes the handles that were looked up for right; when they change from now on, the link ends, as whatever is
    /// asked about them then may be about other attributes.
    /// - Returns: `false` when they have changed meanwhile, so have to be looked up again.
    func trustTable(since changes: Int) -> Bool { state.withLock { $0.table.trust(since: changes) } }

    /// Has a request answered; returns at once when the task is cancelled.
    /// - Parameter limit: How long the server may take.
    func ask(_ request: ATTRequest, limit: Duration = transactionLimit) async throws(ATTFault) -> ATTResponse {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let question = Question(number: number, request: request, limit: limit, continuation: continuation)
                let end = state.withLock { state -> ATTFault? in
                    if let end = state.end { return end }
                    state.waiting.append(question)
                    return nil
                }
                if let end { continuation.resume(returning: .failure(end)) }
                advance()
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { abandon(number) }
            }
        } onCancel: {
            abandon(number)
        }
        return try result.get()
    }

    /// Agrees on the size of PDUs; a server that knows no other keeps the smallest.
    func agreeOnSize(limit: Duration = transactionLimit) async throws(ATTFault) {
        do {
            _ = try await ask(state.withLock { $0.bearer.exchange }, limit: limit)
        } catch .refused {
            return
        }
    }

    /// Sends what no answer comes to.
    func send(command: [UInt8]) throws(ATTFault) {
        let mtu = mtu
        guard command.count <= mtu else { throw .tooLong(command.count) }
        if let end = state.withLock(\.end) { throw end }
        try put(command)
    }

    /// Gives another descriptor of the open socket, which is the caller's; `nil` when the link is gone.
    func duplicate() -> CInt? { socket.withLock { $0 }?.duplicate() }

    /// Ends the link.
    func close() { end(.cancelled) }

    /// Ends the link because something has taken longer than it may.
    func giveUp(after limit: Duration) { end(.timedOut(limit)) }

    // MARK: One request after the other

    /// Sends the next request, when none is under way.
    private func advance() {
        let next = state.withLock { state -> (Question, Result<[UInt8], ATTFault>)? in
            guard state.end == nil, state.current == nil, !state.waiting.isEmpty else { return nil }
            let question = state.waiting.removeFirst()
            do throws(ATTFault) {
                let bytes = try state.bearer.begin(question.request)
                state.current = question
                return (question, .success(bytes))
            } catch {
                return (question, .failure(error))
            }
        }
        guard let (question, bytes) = next else { return }
        do throws(ATTFault) {
            // Before the request is sent: the answer may be there sooner than this thread goes on.
            try time(question, bytes)
        } catch {
            question.continuation?.resume(returning: .failure(error))
            advance()
        }
    }

    private func time(_ question: Question, _ bytes: Result<[UInt8], ATTFault>) throws(ATTFault) {
        let bytes = try bytes.get()
        let timer = Task { [weak self, clock] in
            guard (try? await clock.sleep(untilUptime: clock.uptime + question.limit)) != nil else { return }
            self?.expire(question)
        }
        let isOpen = state.withLock { state in
            guard state.current?.number == question.number else { return false }
            state.current?.timer = timer
            return true
        }
        // A server may have answered before it was asked; nobody would stop the timer then.
        if !isOpen { timer.cancel() }
        do {
            try put(bytes)
        } catch {
            end(error)
        }
    }

    private func put(_ bytes: [UInt8]) throws(ATTFault) {
        guard let socket = socket.withLock({ $0 }) else { throw .closed(0) }
        do {
            try socket.send(bytes)
        } catch {
            throw .closed(error.number)
        }
    }

    private func expire(_ question: Question) {
        guard state.withLock({ $0.current?.number == question.number }) else { return }
        end(.timedOut(question.limit))
    }

    private func abandon(_ number: UInt64) {
        let continuation = state.withLock { state in
            if state.current?.number == number { return state.current?.continuation.take() }
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(returning: .failure(.cancelled))
    }

    // MARK: What comes

    private func handle(_ event: PacketSocket.Event) {
        switch event {
        case .closed(let number): end(.closed(number))
        case .packet(let pdu):
            for effect in state.withLock({ $0.bearer.receive(pdu) }) { perform(effect) }
        }
    }

    private func perform(_ effect: ATTBearer.Effect) {
        switch effect {
        case .send(let bytes):
            do {
                try put(bytes)
            } catch {
                end(error)
            }
        case .value(let handle, let value):
            guard let change = state.withLock({ $0.table.take(handle) }) else {
                state.withLock(\.onValue)?(handle, value)
                return
            }
            change.onChange?()
            if change.endsLink { end(.tableChanged) }
        case .answer(let result):
            let question = state.withLock { $0.current.take() }
            question?.timer?.cancel()
            question?.continuation?.resume(returning: result)
            advance()
        }
    }

    private func end(_ fault: ATTFault) {
        let (questions, onEnd) = state.withLock { state in
            guard state.end == nil else { return ([Question](), nil as (@Sendable (ATTFault) -> Void)?) }
            state.end = fault
            let questions = [state.current].compactMap(\.self) + state.waiting
            (state.current, state.waiting) = (nil, [])
            return (questions, state.onEnd)
        }
        socket.withLock { $0.take() }?.close()
        for question in questions {
            question.timer?.cancel()
            question.continuation?.resume(returning: .failure(fault))
        }
        onEnd?(fault)
    }
}
