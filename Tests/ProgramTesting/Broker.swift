// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
package import MapperMQTT

/// A real mosquitto on a port of its own, that can be stopped, frozen and started again.
package final class Broker {
    package let port: UInt16
    private let folder: ScratchFolder
    private var program: RunningProgram?

    package init() async throws {
        port = try LoopbackSocket.freePort()
        folder = try ScratchFolder()
        let user = ProcessInfo.processInfo.userName
        let lines = ["user \(user)", "listener \(port) 127.0.0.1", "allow_anonymous true", "persistence false"]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "mosquitto.conf")
        try await start()
    }

    package var address: BrokerAddress { BrokerAddress(host: "127.0.0.1", port: port) }
    package var url: String { "tcp://127.0.0.1:\(port)" }

    /// Starts it, always on the same port.
    package func start() async throws {
        let file = folder.url.appending(path: "mosquitto.conf").path
        let program = try RunningProgram("broker", Executables.broker, ["-c", file], logs: folder.url)
        self.program = program
        try await eventually("a broker on \(port)", evidence: program.tail) { LoopbackSocket.isOpen(port) }
    }

    /// Kills it.
    package func stop() { program = nil }

    /// Keeps it from doing anything; connections stay open.
    package func freeze() { program?.send(SIGSTOP) }

    /// Lets it go on.
    package func thaw() { program?.send(SIGCONT) }
}
