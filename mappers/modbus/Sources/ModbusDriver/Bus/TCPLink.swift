// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is a connection over Modbus TCP.
///
/// Every answer is held against transaction, protocol and unit of its request: late and doubled answers are thrown
/// away, whatever else does not fit ends the connection. libmodbus is not asked here: it accepts answers of other
/// units and protocols, loses its place after a late one, and cannot wait on more than 1023 files.
struct TCPLink: Link, ~Copyable {
    private let socket: Descriptor
    private let stop: StopSignal
    private let earlier: DelayedOutcome
    private var transaction = UInt16.random(in: .min ... .max)
    /// What has come and was not looked at yet.
    private var arrived: [UInt8] = []
    /// Requests without an answer since the last answer.
    private var silentRequests = 0
    private(set) var notes = LinkNotes()

    /// Time-outs in a row after which the connection is taken for half open.
    private static let silenceLimit = 3

    /// Takes a connected socket, which it owns from now on.
    /// - Parameter earlier: What is delivered when a request has been sent.
    init(socket: CInt, stop: StopSignal, earlier: DelayedOutcome) {
        self.socket = Descriptor(number: socket)
        self.stop = stop
        self.earlier = earlier
    }

    deinit {
        close(socket.number)
    }

    mutating func exchange(_ request: Transaction) throws(BusFault) -> ModbusAnswer {
        notes.hasSent = false
        try drain()
        transaction &+= 1
        let start = ContinuousClock.now
        do throws(BusFault) {
            notes.hasSent = true
            try send(request)
            earlier.deliver()
            let message = try receive(for: request, until: start + request.timeout)
            notes.roundTrip = start.duration(to: .now)
            silentRequests = 0
            return try request.answer(from: message)
        } catch {
            if request.request.isWrite {
                // What has not been delivered yet must not be carried out after it was reported as failed.
                socket.discardOnClose()
                notes.isCondemned = true
            }
            throw error
        }
    }

    private func send(_ request: Transaction) throws(BusFault) {
        let message = request.request.bytes
        let header = MBAPHeader(transaction: transaction, unit: request.unit, message: message)
        do throws(SystemError) {
            try socket.send(header.bytes + message)
        } catch {
            throw .disconnected(error.description)
        }
    }

    /// Throws away whole frames that came unasked for; after a part of one nobody knows where the next begins.
    private mutating func drain() throws(BusFault) {
        while try takeArrived() {
            // A peer that never stops must not hold the bus.
            guard arrived.count < 64 * 1024 else { throw .disconnected("more comes unasked for than can be read") }
        }
        guard !arrived.isEmpty else { return }
        notes.drainedBytes += arrived.count
        while let header = MBAPHeader(arrived), header.protocolID == 0, arrived.count >= header.length {
            arrived.removeFirst(header.length)
        }
        guard arrived.isEmpty else { throw .disconnected("what came unasked for is no whole answer") }
    }

    /// Reads what is there; false when nothing is.
    private mutating func takeArrived() throws(BusFault) -> Bool {
        do throws(SystemError) {
            let more = try socket.take()
            arrived += more
            return !more.isEmpty
        } catch {
            notes.isCondemned = true
            throw .disconnected(error.number == 0 ? "closed by the device" : error.description)
        }
    }

    private mutating func receive(
        for request: Transaction,
        until deadline: ContinuousClock.Instant
    ) throws(BusFault) -> [UInt8] {
        while true {
            if let frame = try nextFrame() {
                if let message = try message(in: frame, for: request) { return message }
                continue
            }
            let remaining = ContinuousClock.now.duration(to: deadline)
            switch remaining > .zero ? socket.wait(atMost: remaining, orUntil: stop) : .nothing {
            case .stopped: throw .cancelled
            case .readable, .closed: _ = try takeArrived()
            case .nothing where ContinuousClock.now < deadline: continue
            case .nothing:
                silentRequests += 1
                notes.isCondemned = !arrived.isEmpty || silentRequests >= Self.silenceLimit
                throw .timedOut(request.timeout)
            }
        }
    }

    /// The frame at the beginning of what has come; `nil` while it is not whole.
    private mutating func nextFrame() throws(BusFault) -> ArraySlice<UInt8>? {
        guard let header = MBAPHeader(arrived) else { return nil }
        guard header.protocolID == 0, MBAPHeader.lengths.contains(header.length) else {
            notes.isCondemned = true
            throw .disconnected("what came is not Modbus TCP")
        }
        guard arrived.count >= header.length else { return nil }
        let frame = arrived.prefix(header.length)
        arrived.removeFirst(header.length)
        return frame
    }

    /// The message of a frame; `nil` for a frame that answers an earlier request.
    private mutating func message(
        in frame: ArraySlice<UInt8>,
        for request: Transaction
    ) throws(BusFault) -> [UInt8]? {
        guard let header = MBAPHeader(frame), header.transaction == transaction else {
            notes.drainedBytes += frame.count
            return nil
        }
        guard header.unit == request.unit else {
            notes.isCondemned = true
            throw .malformed("an answer of unit \(header.unit) instead of \(request.unit)")
        }
        return Array(frame.dropFirst(MBAPHeader.size))
    }
}
