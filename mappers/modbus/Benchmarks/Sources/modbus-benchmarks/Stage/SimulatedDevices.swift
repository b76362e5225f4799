// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Is `modbus-mapper simulate` in a process of its own.
final class SimulatedDevices {
    /// Says where a simulated device is reached.
    struct Place: Hashable, Sendable {
        /// As the request log has it: `tcp 127.0.0.1:1502`.
        var name: String
        /// `127.0.0.1:1502` or `/dev/pts/3`.
        var address: String
        var port: Int? { address.split(separator: ":").last.flatMap { Int($0) } }
    }

    /// By the device's name.
    let places: [String: Place]
    private let program: RunningProgram

    /// Plays the devices of a profile; returns when all can be reached.
    init(_ profile: String, count: Int, options: [String] = [], in folder: ScratchFolder) async throws {
        let arguments = ["simulate", "--profile", profile, "--log-level", "error"] + options
        program = try RunningProgram("simulator", Executables.mapper, arguments, in: folder)
        try await program.says("where \(count) devices are") { $0.count { $0.hasPrefix("device ") } >= count }
        // device NAME: modbus tcp 127.0.0.1:1502 unit 1
        var places: [String: Place] = [:]
        for line in program.lines where line.hasPrefix("device ") {
            let words = line.split(separator: " ")
            guard words.count >= 7 else { continue }
            let name = words[3..<(words.count - 2)]
            places[String(words[1].dropLast())] = Place(
                name: name.joined(separator: " "),
                address: String(words[words.count - 3])
            )
        }
        self.places = places
    }

    var identifier: Int32 { program.identifier }

    /// Ends it; its request log is complete then.
    func stop() async throws { try await program.stop() }
}
