// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking

/// Compares what is foretold of an overloaded line with what happens on it.
struct OverloadBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "overload",
        abstract: "A profile that a line of 9600 Bd cannot do: the cycle foretold, and the one measured."
    )

    @Option(help: "How long is measured, in seconds.")
    var seconds = 40

    func measure() async throws {
        let folder = try ScratchFolder()
        // 8N2: 309 ms for 125 registers, 99 ms for 33: 1.34 s for all, and each second they are due.
        let sizes = [125, 125, 125, 125, 33]
        let devices = sizes.enumerated().map { number, size in
            ProfileText.Device(
                name: "unit\(number + 1)",
                unit: number + 1,
                way: .serial(path: "/dev/line", baudRate: 9600, stopBits: 2),
                model: "block\(size)",
                fields: [ProfileText.Field(name: "block", offset: 0, words: size, dataType: "bytes", type: "bytes")]
            )
        }
        let profile = ProfileText(devices: devices)
        let path = try folder.write(profile.text, to: "profile.json")
        let arguments = ["plan", "--profile", path]
        let plan = try RunningProgram("plan", Executables.mapper, arguments, in: folder)
        try await eventually("the plan") { !plan.isRunning }
        say("overload: what modbus-mapper plan says of a line of 9600 Bd")
        for line in plan.lines where line.contains("load") || line.contains("warning") { say("  \(line)") }
        let run = LineRun(profile: profile, log: folder.path("requests.jsonl"), folder: folder)
        let records = try await run.run(for: .seconds(seconds))
        for unit in 1...sizes.count {
            let times = records.filter { $0.unit == unit && $0.count == sizes[unit - 1] }.map(\.time)
            let cycles = Distribution(zip(times, times.dropFirst()).map { $1 - $0 }.suffix(times.count - 3))
            let mean = (times[times.count - 1] - times[2]) / Double(times.count - 3)
            say("  unit \(unit): each \(mean.text(3)) s on average, \(cycles.least.text(2))…\(cycles.most.text(2)) s")
        }
    }
}
