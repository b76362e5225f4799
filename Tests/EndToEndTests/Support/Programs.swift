// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

/// Starts the programs under test.
struct Programs {
    let broker: String
    let logs: URL
    /// The mapper's program.
    var executable = Executables.mapper

    /// Plays a profile's devices; returns when they can be reached.
    func simulator(_ profile: String, faults: [String] = []) async throws -> RunningProgram {
        let arguments = ["simulate", "--profile", profile] + faults.flatMap { ["--fault", $0] }
        let program = try RunningProgram("simulator", executable, arguments, logs: logs)
        try await program.said("device ", ": ")
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
        return try RunningProgram("mapper", executable, arguments, logs: logs)
    }
}
