// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Synchronization

@testable import ModbusDriver

/// Is a Modbus TCP device that does what a test tells it, and remembers what it was asked.
///
/// Without instructions every register holds its own address plus 1000, every bit is set at odd addresses.
final class FaultyServer: Sendable {
    /// One request as it arrived.
    struct Request: Hashable, Sendable {
        var unit: UInt8
        var function: UInt8
        var address: Int
        var count: Int
        var message: [UInt8]

        /// Compact form for expectations: `3@100+2`.
        var short: String { "\(function)@\(address)+\(count)" }
    }

    enum Reaction: Sendable {
        case normal
        case exception(UInt8)
        case silence
        case hangUp
        case late(Double)
        /// Frames as they go over the wire; the request's header is given.
        case raw(@Sendable (MBAPHeader, [UInt8]) -> [[UInt8]])
    }

    private struct State {
        var requests: [Request] = []
        var sockets: [CInt] = []
        var registers: [Int: UInt16] = [:]
        var connections = 0
        var isStopped = false
    }

    let port: Int
    private let listener: CInt
    private let state = Mutex(State())
    private let react: @Sendable (Request) -> Reaction

    init(port: Int = 0, react: @escaping @Sendable (Request) -> Reaction = { _ in .normal }) throws {
        self.react = react
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> Int32 in
                guard bind(listener, generic, length) == 0, listen(listener, 64) == 0 else { return -1 }
                return getsockname(listener, generic, &length)
            }
        }
        guard status == 0 else { throw SystemError.last }
        self.port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accept() }
    }

    var requests: [Request] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }

    func forget() { state.withLock { $0.requests = [] } }

    /// Ends listening and hangs up.
    ///
    /// Once only: afterwards the descriptor may be another test's.
    func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        state.withLock { state in
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Closes all connections, as devices do with idle ones.
    func hangUpAll() {
        state.withLock { state in
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            state.withLock {
                $0.sockets.append(client)
                $0.connections += 1
            }
            Thread.detachNewThread { [self] in serve(client) }
        }
        close(listener)
    }

    private func serve(_ client: CInt) {
        while let head = receive(7, from: client), let header = MBAPHeader(head),
            let message = receive(Int(header.remaining) - 1, from: client), message.count >= 5
        {
            let request = parse(header, message)
            state.withLock { $0.requests.append(request) }
            guard answer(request, header, to: client) else { break }
        }
        state.withLock { $0.sockets.removeAll { $0 == client } }
        close(client)
    }

    private func answer(_ request: Request, _ header: MBAPHeader, to client: CInt) -> Bool {
        switch react(request) {
        case .normal: send(header, reply(to: request), client)
        case .exception(let code): send(header, [request.function | 0x80, code], client)
        case .silence: break
        case .hangUp: return false
        case .late(let seconds):
            Thread.detachNewThread { [self] in
                Thread.sleep(forTimeInterval: seconds)
                send(header, reply(to: request), client)
            }
        case .raw(let frames):
            for frame in frames(header, reply(to: request)) {
                _ = Glibc.send(client, frame, frame.count, Int32(MSG_NOSIGNAL))
            }
        }
        return true
    }

    private func send(_ header: MBAPHeader, _ message: [UInt8], _ client: CInt) {
        let frame = MBAPHeader(transaction: header.transaction, unit: header.unit, message: message).bytes + message
        _ = Glibc.send(client, frame, frame.count, Int32(MSG_NOSIGNAL))
    }

    private func parse(_ header: MBAPHeader, _ message: [UInt8]) -> Request {
        let second = Int(message[3]) << 8 | Int(message[4])
        return Request(
            unit: header.unit,
            function: message[0],
            address: Int(message[1]) << 8 | Int(message[2]),
            count: [5, 6, 22].contains(message[0]) ? 1 : second,
            message: message
        )
    }

    private func reply(to request: Request) -> [UInt8] {
        let addresses = request.address..<request.address + request.count
        switch request.function {
        case 1, 2:
            let bytes = PackedBits.bytes(of: addresses.map { $0 % 2 == 1 })
            return [request.function, UInt8(bytes.count)] + bytes
        case 3, 4:
            let bytes = state.withLock { state in
                addresses.flatMap { (state.registers[$0] ?? UInt16(truncatingIfNeeded: $0 + 1000)).bigEndianBytes }
            }
            return [request.function, UInt8(bytes.count)] + bytes
        case 6, 16: return store(request)
        case 22: return request.message
        default: return Array(request.message.prefix(5))
        }
    }

    private func store(_ request: Request) -> [UInt8] {
        let data = request.function == 6 ? Array(request.message[3...]) : Array(request.message[6...])
        state.withLock { state in
            for index in 0..<request.count {
                state.registers[request.address + index] = UInt16(data[index * 2]) << 8 | UInt16(data[index * 2 + 1])
            }
        }
        return Array(request.message.prefix(5))
    }

    private func receive(_ count: Int, from client: CInt) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var buffer = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(client, &buffer, buffer.count, 0)
            guard got > 0 else { return nil }
            bytes += buffer.prefix(got)
        }
        return bytes
    }
}
