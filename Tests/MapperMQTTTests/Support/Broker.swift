// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperMQTT

/// A real mosquitto on a free port of the loopback interface; ends with the object.
final class Broker {
    let port: UInt16
    let directory: URL
    private let settings: [String]
    private var process: Process?

    /// Starts a broker and waits until it accepts connections.
    init(_ settings: [String] = ["allow_anonymous true"]) throws {
        port = try Self.freePort()
        directory = FileManager.default.temporaryDirectory.appending(path: "broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        self.settings = settings
        try start()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: directory)
    }

    var address: BrokerAddress { BrokerAddress(host: "127.0.0.1", port: port) }

    /// Starts it, again on the same port.
    func start() throws {
        let file = directory.appending(path: "mosquitto.conf")
        let user = ProcessInfo.processInfo.userName
        let lines = ["user \(user)", "listener \(port) 127.0.0.1"] + settings
        try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/mosquitto")
        process.arguments = ["-c", file.path]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
        try waitUntilListening()
    }

    /// Ends it without a goodbye to its clients.
    func stop() {
        guard let process, process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Freezes it: connections stay open and nothing moves.
    func freeze() { if let process { kill(process.processIdentifier, SIGSTOP) } }

    private func waitUntilListening() throws {
        for _ in 0..<500 {
            let socket = try LoopbackSocket()
            if socket.connect(to: port) { return }
            usleep(10_000)
        }
        throw CocoaError(
            .fileReadUnknown,
            userInfo: [NSLocalizedDescriptionKey: "mosquitto does not listen on \(port)"]
        )
    }

    /// A port that stays the broker's while it is stopped: below those that the system gives to whoever wants any.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 20_000..<32_000)
            if (try? LoopbackSocket().bind(to: port)) != nil { return port }
        }
        return try LoopbackSocket().bindToAnyPort()
    }
}
