// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Starts the programs under test.
struct Programs {
    let broker: String
    let logs: URL

    /// Plays a profile's devices; returns when they can be reached.
    func simulator(_ profile: String) async throws -> RunningProgram {
        let arguments = ["simulate", "--profile", profile]
        let program = try RunningProgram("simulator", Executables.mapper, arguments, logs: logs)
        try await program.said("device ", ": modbus tcp 127.0.0.1:")
        return program
    }

    /// Plays EdgeCore; returns when it listens.
    func edge(_ profile: String) async throws -> RunningProgram {
        let arguments = ["edge", "--mqtt", broker, "--profile", profile, "--strict"]
        let program = try RunningProgram("edge", Executables.control, arguments, logs: logs)
        try await program.said("ready: ")
        return program
    }

    /// Runs the mapper.
    func mapper(_ profile: String) throws -> RunningProgram {
        let arguments = ["run", "--mqtt", broker, "--profile", profile]
        return try RunningProgram("mapper", Executables.mapper, arguments, logs: logs)
    }
}
