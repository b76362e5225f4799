// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation
import MapperMQTT

/// Is a mosquitto of the benchmark's own, on loopback.
final class Broker {
    let address: BrokerAddress
    private let program: RunningProgram

    /// Returns when it listens.
    init(in folder: ScratchFolder) async throws {
        let port = try LoopbackPort.free()
        address = BrokerAddress(host: "127.0.0.1", port: port)
        let settings = [
            "user \(ProcessInfo.processInfo.userName)", "listener \(port) 127.0.0.1", "allow_anonymous true",
            "persistence false", "set_tcp_nodelay true", "max_queued_messages 100000",
        ]
        let file = try folder.write(settings.joined(separator: "\n") + "\n", to: "mosquitto.conf")
        program = try RunningProgram("broker", Executables.broker, ["-c", file], in: folder)
        try await eventually("a broker on \(port)") { try LoopbackPort.isOpen(port) }
    }

    var url: String { "tcp://127.0.0.1:\(address.port)" }
    var identifier: Int32 { program.identifier }
}
