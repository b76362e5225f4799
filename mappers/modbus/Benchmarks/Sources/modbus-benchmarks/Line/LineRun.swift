// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking

/// Runs the mapper on simulated lines for some time.
struct LineRun {
    let profile: ProfileText
    /// Where the simulator's log goes.
    let log: String
    let folder: ScratchFolder

    /// Returns the requests that the devices saw.
    func run(for time: Duration, options: [String] = []) async throws -> [RequestRecord] {
        let played = try folder.write(profile.text, to: "played.json")
        let simulated = try await SimulatedDevices(
            played,
            count: profile.devices.count,
            options: ["--pace", "--request-log", log] + options,
            in: folder
        )
        let broker = try await Broker(in: folder)
        let mapped = try folder.write(profile.placed(simulated).text, to: "mapped.json")
        let arguments = ["run", "--profile", mapped, "--mqtt", broker.url]
        let mapper = try RunningProgram("mapper", Executables.mapper, arguments, in: folder)
        try await Task.sleep(for: time)
        guard mapper.isRunning else { throw BenchmarkFailure(mapper.lines.suffix(10).joined(separator: "\n")) }
        try await mapper.stop()
        try await simulated.stop()
        return try RequestRecord.all(in: log)
    }
}
