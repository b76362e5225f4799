// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Is a connection over Modbus TCP.
///
/// Every answer is held against transaction, protocol and unit of its request: late and doubled answers are thrown
/// away, whatever else does not fit ends the connection.
struct TCPLink: Link, ~Copyable {
    private let context: ModbusContext
    private var transaction: UInt16
    /// Requests without an answer since the last answer.
    private var silentRequests = 0
    private(set) var isCondemned = false

    /// Time-outs in a row after which the connection is taken for half open.
    private static let silenceLimit = 3

    /// Connects to the first address of a host that takes the connection.
    init(host: String, port: Int, timeout: Duration) throws(BusFault) {
        var fault = BusFault.unreachable("\(host) has no address")
        for address in try HostAddress.resolve(host) {
            do throws(BusFault) {
                context = try Self.connect(address, port, timeout)
                transaction = UInt16.random(in: .min ... .max)
                return
            } catch {
                fault = error
            }
        }
        throw fault
    }

    var descriptor: CInt { context.descriptor }

    mutating func exchange(_ request: Transaction) throws(BusFault) -> ModbusAnswer {
        if case .closed(let error) = Descriptor(number: descriptor).drain() {
            throw .disconnected(error?.description ?? "closed by the device")
        }
        transaction &+= 1
        let message = request.request.bytes
        let header = MBAPHeader(transaction: transaction, unit: request.unit, message: message)
        do throws(SystemError) {
            try Descriptor(number: descriptor).send(header.bytes + message)
        } catch {
            throw .disconnected(error.description)
        }
        return try request.answer(from: try receive(for: request))
    }

    private mutating func receive(for request: Transaction) throws(BusFault) -> [UInt8] {
        let deadline = ContinuousClock.now + request.timeout
        while true {
            let remaining = ContinuousClock.now.duration(to: deadline)
            guard remaining > .zero else { throw timeOut(request) }
            let frame: [UInt8]
            do throws(SystemError) {
                frame = try context.receive(within: remaining)
            } catch {
                if error.number == ETIMEDOUT { throw timeOut(request) }
                // Whatever broke the framing, where the next frame begins is not known.
                isCondemned = true
                throw FrameFault.fault(for: error)
            }
            if let message = try message(in: frame, for: request) { return message }
        }
    }

    /// The message of a frame; `nil` for a frame that answers an earlier request.
    private mutating func message(in frame: [UInt8], for request: Transaction) throws(BusFault) -> [UInt8]? {
        guard let header = MBAPHeader(frame), header.protocolID == 0, Int(header.remaining) == frame.count - 6 else {
            throw .disconnected("what came is not Modbus TCP")
        }
        guard header.transaction == transaction else { return nil }
        guard header.unit == request.unit else {
            isCondemned = true
            throw .malformed("an answer of unit \(header.unit) instead of \(request.unit)")
        }
        silentRequests = 0
        return Array(frame.dropFirst(MBAPHeader.length))
    }

    /// Decides what silence means: late answers can be told by their transaction, so the connection may stay, unless
    /// it has been silent for long, or a write is under way that must not arrive after it was reported as failed.
    private mutating func timeOut(_ request: Transaction) -> BusFault {
        silentRequests += 1
        if request.request.isWrite {
            // With this, closing throws away what the kernel has not delivered yet.
            let reset = linger(l_onoff: 1, l_linger: 0)
            Descriptor(number: descriptor).set(SO_LINGER, of: SOL_SOCKET, to: reset)
            isCondemned = true
        } else if silentRequests >= Self.silenceLimit {
            isCondemned = true
        }
        return .timedOut(request.timeout)
    }

    private static func connect(_ address: String, _ port: Int, _ timeout: Duration) throws(BusFault) -> ModbusContext {
        let context = try ModbusContext.tcp(address: address, port: port)
        do throws(SystemError) {
            try context.connect(within: timeout)
        } catch {
            // libmodbus leaves the number of a connection under way when its time is over.
            if error.number == EINPROGRESS || error.number == ETIMEDOUT {
                throw .unreachable("no answer within \(timeout.milliseconds) ms")
            }
            throw .unreachable(error.description)
        }
        try FrameFault.checkLimit(of: context.descriptor)
        keepAlive(Descriptor(number: context.descriptor))
        return context
    }

    /// Lets the kernel notice a peer that went away without a word, within about half a minute.
    private static func keepAlive(_ socket: Descriptor) {
        socket.set(SO_KEEPALIVE, of: SOL_SOCKET, to: CInt(1))
        let tcp = CInt(IPPROTO_TCP)
        socket.set(TCP_KEEPIDLE, of: tcp, to: CInt(15))
        socket.set(TCP_KEEPINTVL, of: tcp, to: CInt(5))
        socket.set(TCP_KEEPCNT, of: tcp, to: CInt(3))
        socket.set(TCP_USER_TIMEOUT, of: tcp, to: CUnsignedInt(30_000))
    }
}
