// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import MapperKit
import Synchronization

/// Listens to devices that are never asked: they send `name=value` by UDP, whenever they have something to say.
public struct PushDriver: DeviceDriver {
    /// The keys of the protocol section.
    public struct ProtocolConfig: Decodable, Sendable {
        /// Where to listen; one device a port.
        var port: UInt16
        /// The address of this machine to listen at: 127.0.0.1 unless it is given, 0.0.0.0 for all.
        var address: String?
        /// After how many milliseconds without a word the device is gone; 5000 unless it is given.
        var silence: UInt16?
    }

    /// The keys of a visitor.
    public struct VisitorConfig: Decodable, Sendable {
        /// What the device calls the property.
        var name: String
    }

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["push"]

    /// Creates a driver.
    public init() {}

    /// Succeeds whether the device is there or not: that is known when something is heard.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session { try Session(device) }

    /// One device that is listened to.
    public final class Session: PushingSession {
        private struct State {
            /// What was said last, by the device's names.
            var samples: [String: Sample] = [:]
            var isHeard = false
            var isClosed = false
            var listener: (@Sendable (DeviceNews) -> Void)?
        }

        private let socket: Int32
        private let silence: Duration
        private let properties: [PropertyVisitor<VisitorConfig>]
        /// Its uptime begins with the session.
        private let clock = SystemClock()
        private let state = Mutex(State())
        private let listening = Mutex<Task<Void, Never>?>(nil)

        init(_ device: Device<ProtocolConfig, VisitorConfig>) throws {
            // To the system 0 means without end.
            silence = .milliseconds(max(1, device.config.silence ?? 5000))
            properties = device.visitors
            socket = try Self.bind(device.config.address ?? "127.0.0.1", device.config.port, limit: silence)
            // To wait for datagrams blocks a thread: this executor has its own.
            let task = Task(executorPreference: BlockingExecutor()) { [self] in listen() }
            listening.withLock { $0 = task }
        }

        /// Says to whom what is heard goes.
        public func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
            state.withLock { $0.listener = listener }
        }

        /// Gives what was said last; a session that is new waits for the first word.
        public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            let name = visitor.config.name
            while true {
                let (sample, isHeard, isClosed) = state.withLock { ($0.samples[name], $0.isHeard, $0.isClosed) }
                if isClosed { throw DeviceError(.disconnected, "nobody listens any more") }
                if isHeard, let sample { return sample }
                guard clock.uptime < silence else {
                    throw isHeard ? DeviceError(.rejected, "the device has not said '\(name)' yet") : absence
                }
                try await clock.sleep(untilUptime: clock.uptime + .milliseconds(20))
            }
        }

        /// Ends the listening.
        public func close() async {
            state.withLock { $0.isClosed = true }
            guard let task = listening.withLock({ $0.take() }) else { return }
            // Ends the waiting in recv.
            shutdown(socket, Int32(SHUT_RDWR))
            await task.value
            _ = Glibc.close(socket)
        }

        private var absence: DeviceError { DeviceError(.timedOut, "no word from the device for \(silence)") }

        private func listen() {
            var buffer = [UInt8](repeating: 0, count: 1500)
            while !state.withLock(\.isClosed) {
                let count = recv(socket, &buffer, buffer.count, 0)
                if count >= 0 { hear(String(decoding: buffer.prefix(count), as: UTF8.self)) } else { missIt() }
            }
        }

        private func hear(_ text: String) {
            let now = clock.timestamp
            let words = text.split(whereSeparator: \.isNewline).compactMap { line -> (String, Sample)? in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 ? (String(parts[0]), Sample(.string(String(parts[1])), at: now)) : nil
            }
            let listener = state.withLock { state in
                state.isHeard = true
                state.samples.merge(words) { _, newer in newer }
                return state.isClosed ? nil : state.listener
            }
            for (name, sample) in words {
                for visitor in properties where visitor.config.name == name {
                    listener?(.sample(property: visitor.property.name, sample))
                }
            }
        }

        /// MapperKit opens the device anew then, and takes it for absent until something is heard.
        private func missIt() {
            let listener = state.withLock { state in
                state.isHeard = false
                return state.isClosed ? nil : state.listener
            }
            listener?(.lost(absence))
        }

        private static func bind(_ text: String, _ port: UInt16, limit: Duration) throws -> Int32 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            guard inet_pton(AF_INET, text, &address.sin_addr) == 1 else {
                throw DeviceError(.unreachable, "'\(text)' is no IPv4 address")
            }
            let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var limit = timeval(tv_sec: Int(limit / .seconds(1)), tv_usec: Int(limit / .microseconds(1)) % 1_000_000)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            let isBound = withUnsafeBytes(of: &address) { bytes in
                bytes.withMemoryRebound(to: sockaddr.self) {
                    Glibc.bind(socket, $0.baseAddress, socklen_t(bytes.count)) == 0
                }
            }
            if isBound { return socket }
            let reason = String(cString: strerror(errno))
            _ = Glibc.close(socket)
            throw DeviceError(.unreachable, "\(text):\(port) cannot be listened at: \(reason)")
        }
    }
}
