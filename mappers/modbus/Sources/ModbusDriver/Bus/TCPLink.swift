// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is a connection over Modbus TCP.
///
/// Every answer is held against transaction, protocol and unit of its request: late and doubled answers are thrown
/// away, whatever else does not fit ends the connection.
struct TCPLink: Link, ~Copyable {
    private let context: ModbusContext
    private let stop: StopSignal
    private let earlier: DelayedOutcome
    private var transaction = UInt16.random(in: .min ... .max)
    /// Requests without an answer since the last answer.
    private var silentRequests = 0
    private(set) var notes = LinkNotes()

    /// Time-outs in a row after which the connection is taken for half open.
    private static let silenceLimit = 3

    /// Takes a connected socket.
    /// - Parameter earlier: What is delivered when a request has been sent.
    init(socket: CInt, stop: StopSignal, earlier: DelayedOutcome) throws(BusFault) {
        do throws(BusFault) {
            context = try .tcp(on: socket)
        } catch {
            close(socket)
            throw error
        }
        self.stop = stop
        self.earlier = earlier
    }

    /// The socket, which may be shut down to end a transaction.
    var descriptor: CInt { context.descriptor }

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
                Descriptor(number: descriptor).discardOnClose()
                notes.isCondemned = true
            }
            throw error
        }
    }

    private func send(_ request: Transaction) throws(BusFault) {
        let message = request.request.bytes
        let header = MBAPHeader(transaction: transaction, unit: request.unit, message: message)
        do throws(SystemError) {
            try Descriptor(number: descriptor).send(header.bytes + message)
        } catch {
            throw .disconnected(error.description)
        }
    }

    /// Throws away whole frames that came unasked for; after a part of one nobody knows where the next begins.
    private mutating func drain() throws(BusFault) {
        var bytes: [UInt8] = []
        do throws(SystemError) {
            while true {
                let more = try Descriptor(number: descriptor).take()
                if more.isEmpty { break }
                bytes += more
                // A peer that never stops must not hold the bus.
                guard bytes.count < 64 * 1024 else { throw SystemError(EMSGSIZE) }
            }
        } catch {
            throw .disconnected(error.number == 0 ? "closed by the device" : error.description)
        }
        notes.drainedBytes += bytes.count
        var rest = bytes[...]
        while let header = MBAPHeader(rest), header.protocolID == 0, rest.count >= header.length {
            rest = rest.dropFirst(header.length)
        }
        guard rest.isEmpty else { throw .disconnected("what came unasked for is no whole answer") }
    }

    private mutating func receive(
        for request: Transaction,
        until deadline: ContinuousClock.Instant
    ) throws(BusFault) -> [UInt8] {
        while true {
            let remaining = ContinuousClock.now.duration(to: deadline)
            let frame: [UInt8]
            do throws(ModbusContext.Interruption) {
                frame = try context.receive(transaction, within: max(remaining, .microseconds(1)))
            } catch {
                throw fault(error, of: request)
            }
            if let message = try message(in: frame, for: request) { return message }
        }
    }

    private mutating func fault(_ interruption: ModbusContext.Interruption, of request: Transaction) -> BusFault {
        guard interruption.error.number == ETIMEDOUT else {
            // Whatever broke the framing, where the next frame begins is not known.
            notes.isCondemned = true
            if case .stopped = Descriptor(number: descriptor).wait(atMost: .zero, orUntil: stop) { return .cancelled }
            return FrameFault.fault(for: interruption.error)
        }
        silentRequests += 1
        notes.isCondemned = interruption.hasBegun || silentRequests >= Self.silenceLimit
        return .timedOut(request.timeout)
    }

    /// The message of a frame; `nil` for a frame that answers an earlier request.
    private mutating func message(in frame: [UInt8], for request: Transaction) throws(BusFault) -> [UInt8]? {
        guard let header = MBAPHeader(frame), header.protocolID == 0, header.length == frame.count else {
            throw .disconnected("what came is not Modbus TCP")
        }
        guard header.transaction == transaction else {
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
