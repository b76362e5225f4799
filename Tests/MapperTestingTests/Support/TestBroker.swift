// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperMQTT

/// A real mosquitto on a free port of the loopback interface; ends with the object.
final class TestBroker {
    static let executable = "/usr/sbin/mosquitto"

    let configuration: URL
    let port: UInt16
    private let process = Process()

    struct CannotStart: Error {}

    /// Starts a broker and waits until it listens.
    init() throws {
        port = try Self.freePort()
        configuration = FileManager.default.temporaryDirectory.appending(path: "mosquitto-\(UUID().uuidString).conf")
        let settings = "listener \(port) 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n"
        try settings.write(to: configuration, atomically: true, encoding: .utf8)
        process.executableURL = URL(fileURLWithPath: Self.executable)
        process.arguments = ["-c", configuration.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<500 {
            if Self.isListening(port) { return }
            usleep(10_000)
        }
        throw CannotStart()
    }

    deinit {
        // Not asked to end: Foundation starts it with SIGTERM blocked. Not waited for: waitUntilExit turns in circles
        // when another thread sees the end first.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: configuration)
    }

    var server: MQTTConfiguration {
        MQTTConfiguration(server: BrokerAddress(host: "127.0.0.1", port: port))
    }

    private static func freePort() throws -> UInt16 {
        try withSocket { file in
            var (address, length) = loopback(0)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(file, address, length) == 0 && getsockname(file, address, &length) == 0
                }
            }
            guard isBound else { throw CannotStart() }
            return UInt16(bigEndian: address.sin_port)
        }
    }

    private static func isListening(_ port: UInt16) -> Bool {
        let isConnected = try? withSocket { file in
            var (address, length) = loopback(port)
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(file, $0, length) == 0 }
            }
        }
        return isConnected ?? false
    }

    private static func loopback(_ port: UInt16) -> (sockaddr_in, socklen_t) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return (address, socklen_t(MemoryLayout<sockaddr_in>.size))
    }

    private static func withSocket<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw CannotStart() }
        defer { close(file) }
        return try body(file)
    }
}
