// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit
import Synchronization

/// Asks over TCP, one line for a question and one for its answer.
///
/// A line does not say which question it answers. So a connection is used again only when the last question had its
/// answer and nothing else has come since; after anything else a new one is made, and what comes late is never read.
/// Calls block for the timeout at most, which MapperKit allows.
final class LineConnection: Sendable {
    private struct State {
        /// The socket, when it can be used.
        var socket: Int32?
        var isClosed = false
    }

    private static let longestLine = 4096

    private let (host, port): (String, UInt16)
    private let timeout: Duration
    private let state = Mutex(State())

    /// Connects.
    /// - Throws: ``DeviceError`` when that does not work within the timeout.
    init(to host: String, _ port: UInt16, timeout: Duration) throws {
        (self.host, self.port) = (host, port)
        // To the system 0 means without end.
        self.timeout = max(timeout, .milliseconds(1))
        let socket = try connect()
        state.withLock { $0.socket = socket }
    }

    deinit { close() }

    /// Asks, on a new connection where the old one is of no use.
    /// - Throws: ``DeviceError``; ``ValueError`` for a question that would be more than one line.
    func ask(_ question: String) throws -> String {
        guard !question.contains(where: \.isNewline) else {
            throw ValueError(.notRepresentable, "the value holds a line break, which the device would take for its end")
        }
        guard !state.withLock(\.isClosed) else { throw DeviceError(.disconnected, "the connection was closed") }
        let socket = try takeQuietSocket() ?? connect()
        do {
            let line = Array("\(question)\n".utf8)
            guard send(socket, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { throw failure(question) }
            let answer = try receiveLine(socket, question)
            state.withLock { $0.socket = socket }
            return answer
        } catch {
            _ = Glibc.close(socket)
            throw error
        }
    }

    /// Hangs up, because what the device said makes no sense; the next question makes a new connection.
    func hangUp() {
        if let socket = state.withLock({ $0.socket.take() }) { _ = Glibc.close(socket) }
    }

    /// Ends it for good.
    func close() {
        state.withLock { $0.isClosed = true }
        hangUp()
    }

    /// The connection, if it stands and nothing has come that nobody asked for.
    private func takeQuietSocket() -> Int32? {
        guard let socket = state.withLock({ $0.socket.take() }) else { return nil }
        var byte: UInt8 = 0
        if recv(socket, &byte, 1, Int32(MSG_DONTWAIT)) < 0, errno == EAGAIN { return socket }
        _ = Glibc.close(socket)
        return nil
    }

    private func connect() throws -> Int32 {
        var wanted = addrinfo()
        wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &wanted, &found) == 0 else {
            throw DeviceError(.unreachable, "no address is known for '\(host)'")
        }
        defer { freeaddrinfo(found) }
        for address in sequence(first: found, next: { $0?.pointee.ai_next }).compactMap({ $0?.pointee }) {
            let socket = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
            // On Linux the limit for sending is the one for connecting, too.
            var limit = timeval(
                tv_sec: Int(timeout / .seconds(1)),
                tv_usec: Int(timeout / .microseconds(1)) % 1_000_000
            )
            for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
                setsockopt(socket, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            if Glibc.connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return socket }
            defer { _ = Glibc.close(socket) }
            if address.ai_next == nil { throw failure("connecting", .unreachable) }
        }
        throw DeviceError(.unreachable, "no address is known for '\(host)'")
    }

    private func receiveLine(_ socket: Int32, _ question: String) throws -> String {
        let deadline = ContinuousClock.now + timeout
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while !line.contains(UInt8(ascii: "\n")) {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0 { throw failure(question) }
            if count == 0 { throw DeviceError(.disconnected, "\(question): \(host):\(port) hung up without an answer") }
            line += buffer.prefix(count)
            if ContinuousClock.now > deadline { throw late(question) }
            if line.count > Self.longestLine {
                throw DeviceError(.malformedResponse, "\(question): more than \(Self.longestLine) bytes without an end")
            }
        }
        guard let text = String(validating: line.dropLast(), as: UTF8.self), !text.contains("\n") else {
            throw DeviceError(.malformedResponse, "\(question): the answer is more than one line, or no text")
        }
        return text.hasSuffix("\r") ? String(text.dropLast()) : text
    }

    /// The error that the system has just told.
    private func failure(_ doing: String, _ code: DeviceError.Code = .disconnected) -> DeviceError {
        if [EAGAIN, EINPROGRESS].contains(errno) { return late(doing) }
        return DeviceError(code, "\(doing): \(host):\(port): \(String(cString: strerror(errno)))")
    }

    private func late(_ doing: String) -> DeviceError {
        DeviceError(.timedOut, "\(doing): \(host):\(port) gave no answer within \(timeout)")
    }
}
