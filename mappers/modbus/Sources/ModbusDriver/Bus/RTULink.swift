// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is an open serial line, or a connection to a serial device server, on which Modbus RTU is spoken.
///
/// Nothing in an RTU frame says which request it answers. So nothing is asked while the line is not silent, and a unit
/// that left a request unanswered is believed again only when it is proven that its answer cannot come any more.
struct RTULink: Link, ~Copyable {
    /// A line on which something always talks is no line to work with.
    private static let patience = Duration.seconds(2)
    /// What came is taken for all that will come when nothing follows for this long; adapters hand bytes over in pieces.
    private static let pieceGap = Duration.milliseconds(50)
    /// Time-outs in a row after which a connection is taken for half open.
    private static let silenceLimit = 3

    private let port: RTUPort
    private let stop: StopSignal
    private let time: LineTime
    /// What the line is known for.
    private(set) var state: LineState
    private(set) var notes = LinkNotes()
    /// Requests without an answer since the last answer.
    private var silentRequests = 0

    init(_ port: consuming RTUPort, time: LineTime, state: LineState, stop: StopSignal) {
        self.port = port
        self.time = time
        self.stop = stop
        self.state = state
    }

    mutating func exchange(_ transaction: Transaction) throws(BusFault) -> ModbusAnswer {
        notes.hasSent = false
        let unit = transaction.unit
        let frames = time.frames(of: transaction.request)
        let allowance = transaction.timeout + frames
        let longest = max(transaction.timeout, transaction.longestAnswer ?? .zero) + frames
        let doubt = state.units[unit]?.doubt
        if case .unprobed = doubt { try probe(transaction, allowance, longest) }
        if case .unanswered = doubt { try leaveAlone(unit, longest) }
        let search = RTUAnswerSearch(transaction.request, unit: unit, isEchoExpected: state.echoes)
        do throws(BusFault) {
            let answer = try transaction.answer(from: try ask(search, of: unit, within: allowance, longest))
            state.units[unit]?.answered(after: notes.roundTrip, given: longest)
            if case .unanswered = doubt { state.units[unit]?.answeredWithoutProof() }
            return answer
        } catch {
            if transaction.request.isWrite { withdraw() }
            guard case .timedOut = error else { throw error }
            throw .timedOut(transaction.timeout)
        }
    }

    /// Proves that no earlier answer of a unit is under way: the unit has to send back a number that no request had
    /// before, and units answer in the order of the questions.
    ///
    /// Function 8, return query data (Modbus application protocol V1.1b3, 6.8). That a unit does not know it proves the same.
    private mutating func probe(
        _ transaction: Transaction,
        _ allowance: Duration,
        _ longest: Duration
    ) throws(BusFault) {
        let unit = transaction.unit
        let message: [UInt8] = [unit, 8, 0, 0] + UInt16.random(in: .min ... .max).bigEndianBytes
        let search = RTUAnswerSearch(message: message, beginning: message, length: 8, isEchoExpected: state.echoes)
        do throws(BusFault) {
            _ = try ask(search, of: unit, within: allowance, longest)
            state.units[unit]?.provedClean()
        } catch {
            if case .timedOut = error {
                state.units[unit]?.ignoredProbe()
                throw .timedOut(transaction.timeout)
            }
            throw error
        }
    }

    private mutating func ask(
        _ search: RTUAnswerSearch,
        of unit: UInt8,
        within allowance: Duration,
        _ longest: Duration
    ) throws(BusFault) -> [UInt8] {
        try awaitSilence(unit, longest)
        let start = ContinuousClock.now
        state.units[unit, default: UnitPace()].ask(at: start, longest: longest)
        notes.hasSent = true
        var search = search
        do throws(BusFault) {
            do throws(SystemError) {
                try port.context.sendSerial(Array(search.request.dropLast(2)))
            } catch {
                throw .disconnected(error.description)
            }
            let deadline = start + allowance + (state.units[unit]?.extra ?? .zero)
            let answer = try receive(&search, until: deadline, allowance)
            settle(search)
            notes.roundTrip = start.duration(to: state.lastActivity)
            // All but the answer with its address and checksum.
            notes.drainedBytes += search.bytes.count - (answer.count + 3)
            state.requiredSilence = time.frameGap
            return answer
        } catch {
            settle(search)
            notes.drainedBytes += search.bytes.count
            state.requiredSilence = max(time.frameGap, state.units[unit]?.slowest ?? longest)
            throw error
        }
    }

    private mutating func settle(_ search: RTUAnswerSearch) {
        state.lastActivity = .now
        silentRequests = search.hasAnything ? 0 : silentRequests + 1
        if port.isSocket, silentRequests >= Self.silenceLimit { notes.isCondemned = true }
        if search.hasEcho { state.echoes = true }
    }

    /// Throws away what of a request has not left yet, so that it is not carried out after it was reported as failed.
    private mutating func withdraw() {
        port.withdraw()
        if port.isSocket { notes.isCondemned = true }
    }

    private func receive(
        _ search: inout RTUAnswerSearch,
        until deadline: ContinuousClock.Instant,
        _ allowance: Duration
    ) throws(BusFault) -> [UInt8] {
        while true {
            let remaining = ContinuousClock.now.duration(to: deadline)
            let patience = search.isLongEnough ? min(remaining, max(Self.pieceGap, time.frameGap)) : remaining
            switch patience > .zero ? port.descriptor.wait(atMost: patience, orUntil: stop) : .nothing {
            case .stopped: throw .cancelled
            case .closed: throw .disconnected("hung up")
            case .readable: if let answer = search.add(try port.readSome()) { return answer }
            case .nothing:
                guard search.isLongEnough || ContinuousClock.now >= deadline else { continue }
                throw search.complaint.map { .malformed($0) } ?? .timedOut(allowance)
            }
        }
    }

    /// Waits until the line has been silent for long enough.
    private mutating func awaitSilence(_ unit: UInt8, _ allowance: Duration) throws(BusFault) {
        let end = ContinuousClock.now + Self.patience + state.requiredSilence
        var bytes = 0
        while true {
            let remaining = state.requiredSilence - state.lastActivity.duration(to: .now)
            switch port.descriptor.wait(atMost: max(remaining, .zero), orUntil: stop) {
            case .stopped: throw .cancelled
            case .closed: throw .disconnected("hung up")
            case .readable: bytes += try drain(allowance)
            case .nothing: if remaining <= .zero { return }
            }
            guard ContinuousClock.now < end else {
                throw .unreachable("the line is never silent, \(bytes) bytes came unasked for")
            }
        }
    }

    /// Leaves a unit alone until no pending answer of it can come any more.
    private mutating func leaveAlone(_ unit: UInt8, _ allowance: Duration) throws(BusFault) {
        guard let pace = state.units[unit], let asked = pace.asked else { return }
        let rest = max(pace.longestPending, allowance) * UnitPace.rest
        while true {
            let remaining = rest - asked.duration(to: .now)
            guard remaining > .zero else { return }
            switch port.descriptor.wait(atMost: remaining, orUntil: stop) {
            case .stopped: throw .cancelled
            case .closed: throw .disconnected("hung up")
            case .readable: _ = try drain(allowance)
            case .nothing: break
            }
        }
    }

    /// Throws away what came unasked for, and learns from it who is slow.
    private mutating func drain(_ allowance: Duration) throws(BusFault) -> Int {
        let bytes = try port.readSome()
        let now = ContinuousClock.now
        state.lastActivity = now
        notes.drainedBytes += bytes.count
        guard let unit = bytes.first else { return 0 }
        state.units[unit]?.late(at: now, given: allowance)
        // A number repeated too late: the unit does know the function.
        if zip(bytes, bytes.dropFirst()).contains(where: { $0 == unit && $1 & 0x7F == 8 }) {
            state.units[unit]?.repeatedLate()
        }
        return bytes.count
    }
}
