// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Foundation
import Glibc
import Synchronization

@testable import ModbusDriver

/// Is a device that misbehaves when a test says so, over TCP, over a terminal, or as serial frames over TCP.
///
/// Every register says whose it is: unit × 4096 + address. Requests are answered in their order, as devices do.
final class FaultyDevice: Sendable {
    enum Transport: String, CaseIterable, Sendable {
        case tcp = "TCP"
        case rtuOverTCP = "RTU over TCP"
        case line = "RTU"
    }

    /// What the device does with one request.
    enum Fault: Hashable, Sendable {
        case none
        case late(milliseconds: Int)
        case duplicate
        case truncated
        case drip(milliseconds: Int)
        case foreignUnit
        case wrongTransaction
        case wrongProtocol
        case wrongFunction
        case reset
        case finish
        /// Takes everything and answers nothing: on a connection for ever, on a line for a while.
        case deaf(milliseconds: Int)
        case noiseBefore
        case noiseAfter
        case badChecksum
        /// Gives the request back before the answer.
        case echo
        /// Gives the request back, and no answer.
        case echoOnly
        case exception(UInt8)
    }

    struct Request: Hashable, Sendable {
        var transaction: UInt16 = 0
        var unit: UInt8
        var message: [UInt8]

        var function: UInt8 { message[0] }
        var address: Int { Int(message[1]) << 8 | Int(message[2]) }
        var second: Int { Int(message[3]) << 8 | Int(message[4]) }
    }

    private struct State {
        var requests: [Request] = []
        var deafUntil = ContinuousClock.now
        var sockets: Set<CInt> = []
        var connections = 0
        var isStopped = false
    }

    let transport: Transport
    /// Where a bus finds the device.
    let address: BusAddress
    /// The device's end: a listening socket or a terminal.
    private let descriptor: CInt
    /// The other end of the terminal, held open so that the device is not hung up on.
    private let kept: CInt?
    private let answersProbes: Bool
    private let script: @Sendable (_ number: Int, Request) -> Fault
    private let state = Mutex(State())

    static let settings = SerialSettings(
        baudRate: 115_200,
        dataBits: 8,
        parity: .none,
        stopBits: 1,
        isRS485: false
    )

    /// - Parameters:
    ///   - answersProbes: Whether function 8 is answered; silence otherwise.
    ///   - script: What to do with a request; function 8 is not counted and not asked about.
    init(
        _ transport: Transport,
        answersProbes: Bool = true,
        script: @escaping @Sendable (_ number: Int, Request) -> Fault = { _, _ in .none }
    ) throws {
        self.transport = transport
        self.answersProbes = answersProbes
        self.script = script
        if transport == .line {
            var (server, client): (CInt, CInt) = (-1, -1)
            var name = [CChar](repeating: 0, count: 128)
            guard modbus_terminal_pair(&server, &client, &name, name.count) == 0 else { throw SystemError.last }
            let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            (descriptor, kept) = (server, client)
            // Nobody may read what a test says.
            _ = fcntl(server, F_SETFL, O_NONBLOCK)
            address = .serial(SerialLine(path: path, settings: Self.settings))
        } else {
            let port: Int
            (descriptor, port) = try Loopback.listen()
            kept = nil
            address =
                transport == .tcp
                ? .tcp(host: "127.0.0.1", port: port)
                : .rtuOverTCP(host: "127.0.0.1", port: port, settings: Self.settings)
        }
        Thread.detachNewThread { [self] in
            guard transport == .line else { return accept() }
            serve(descriptor)
            close(descriptor)
            if let kept { close(kept) }
        }
    }

    static func value(_ unit: UInt8, _ address: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: Int(unit) * 4096 + address)
    }

    var requests: [Request] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }
    var port: Int {
        switch address {
        case .tcp(_, let port), .rtuOverTCP(_, let port, _): port
        case .serial: 0
        }
    }

    var path: String { address.description }

    /// Puts bytes on a line that nobody asked for.
    func say(_ bytes: [UInt8]) { put(bytes, descriptor) }

    /// Goes away: hangs up, and listens no more.
    func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        if transport == .line { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        state.withLock { state in
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(descriptor, nil, nil)
            guard client >= 0 else { break }
            state.withLock {
                $0.sockets.insert(client)
                $0.connections += 1
            }
            Thread.detachNewThread { [self] in
                serve(client)
                _ = state.withLock { $0.sockets.remove(client) }
                close(client)
            }
        }
        close(descriptor)
    }

    private func serve(_ client: CInt) {
        var bytes: [UInt8] = []
        while true {
            // Nothing but a look at the flag ends the waiting on a terminal.
            var entry = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
            if transport == .line, poll(&entry, 1, 20) == 0 {
                if state.withLock(\.isStopped) { return }
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = read(client, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes += buffer.prefix(count)
            while let (request, length) = request(in: bytes) {
                bytes.removeFirst(length)
                // Ports are used again: what has no address and no second word was meant for another test's device.
                guard request.message.count >= 5, answer(request, client) else { return }
            }
        }
    }

    private func request(in bytes: [UInt8]) -> (Request, Int)? {
        if transport == .tcp {
            guard let header = MBAPHeader(bytes), bytes.count >= header.length else { return nil }
            let message = Array(bytes[MBAPHeader.size..<header.length])
            return (Request(transaction: header.transaction, unit: header.unit, message: message), header.length)
        }
        guard bytes.count >= 8 else { return nil }
        let length = [15, 16].contains(bytes[1]) ? 9 + Int(bytes[6]) : bytes[1] == 22 ? 10 : 8
        guard bytes.count >= length else { return nil }
        return (Request(unit: bytes[0], message: Array(bytes[1..<(length - 2)])), length)
    }

    /// Answers a request, or not; false when the connection is over.
    private func answer(_ request: Request, _ client: CInt) -> Bool {
        if request.function == 8 {
            let isDeaf = state.withLock { $0.deafUntil > .now }
            if !isDeaf, answersProbes { put(frame(request, request.message), client) }
            return true
        }
        let (number, isDeaf) = state.withLock { state in
            state.requests.append(request)
            return (state.requests.count - 1, state.deafUntil > .now)
        }
        if isDeaf { return true }
        return perform(script(number, request), request, client)
    }

    private func perform(_ fault: Fault, _ request: Request, _ client: CInt) -> Bool {
        let message = reply(to: request, unit: request.unit)
        let frame = frame(request, message)
        let noise: [UInt8] = [0x5A, 0xFF, 0x00]
        switch fault {
        case .none: put(frame, client)
        case .late(let milliseconds):
            usleep(UInt32(milliseconds * 1000))
            put(frame, client)
        case .duplicate: put(frame + frame, client)
        case .truncated: put(Array(frame.dropLast(3)), client)
        case .drip(let milliseconds):
            for byte in frame {
                put([byte], client)
                usleep(UInt32(milliseconds * 1000))
            }
        case .foreignUnit:
            let other = Request(transaction: request.transaction, unit: 9, message: request.message)
            put(self.frame(other, reply(to: other, unit: 9)), client)
        case .wrongTransaction:
            var other = request
            other.transaction &-= 1
            put(self.frame(other, reply(to: request, unit: 9)), client)
        case .wrongProtocol: put(self.frame(request, message, protocolID: 0x0100), client)
        case .wrongFunction: put(self.frame(request, [message[0] ^ 7] + message.dropFirst()), client)
        case .reset:
            Descriptor(number: client).discardOnClose()
            return false
        case .finish: return false
        case .deaf(let milliseconds):
            guard transport == .line else { return deafen(client) }
            state.withLock { $0.deafUntil = .now + .milliseconds(milliseconds) }
        case .noiseBefore: put(noise + frame, client)
        case .noiseAfter: put(frame + noise, client)
        case .badChecksum: put(frame.dropLast() + [frame[frame.count - 1] ^ 0x55], client)
        case .echo: put(self.frame(request, request.message) + frame, client)
        case .echoOnly: put(self.frame(request, request.message), client)
        case .exception(let code): put(self.frame(request, [request.function | 0x80, code]), client)
        }
        return true
    }

    /// Reads on without a word until the other side closes.
    private func deafen(_ client: CInt) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 512)
        while read(client, &buffer, buffer.count) > 0 {}
        return false
    }

    private func reply(to request: Request, unit: UInt8) -> [UInt8] {
        switch request.function {
        case 3, 4:
            // As a real device does: more than a message can hold is an illegal data value.
            guard 1...125 ~= request.second else { return [request.function | 0x80, 3] }
            let values = (0..<request.second).flatMap { Self.value(unit, request.address + $0).bigEndianBytes }
            return [request.function, UInt8(values.count)] + values
        case 22: return request.message
        default: return Array(request.message.prefix(5))
        }
    }

    private func frame(_ request: Request, _ message: [UInt8], protocolID: UInt16 = 0) -> [UInt8] {
        if transport == .tcp {
            var header = MBAPHeader(transaction: request.transaction, unit: request.unit, message: message)
            header.protocolID = protocolID
            return header.bytes + message
        }
        let body = [request.unit] + message
        let sum = SerialFrame.checksum(of: body)
        return body + [UInt8(sum & 0xFF), UInt8(sum >> 8)]
    }

    private func put(_ bytes: [UInt8], _ client: CInt) {
        if transport == .line {
            _ = write(client, bytes, bytes.count)
        } else {
            _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
    }
}

/// Opens sockets on this machine.
enum Loopback {
    /// Listens on a free port, or on a given one.
    static func listen(port: Int = 0, backlog: Int32 = 64) throws -> (descriptor: CInt, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> Int32 in
                guard bind(listener, generic, length) == 0, Glibc.listen(listener, backlog) == 0 else { return -1 }
                return getsockname(listener, generic, &length)
            }
        }
        guard status == 0 else { throw SystemError.last }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }
}
