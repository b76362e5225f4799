// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import Foundation

/// Lets the mapper read failing devices for a long time, and looks whether it stays right and stays small.
struct SoakBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Read failing devices for a long time: no wrong value, no growth."
    )

    @Option(help: "How long.")
    var minutes = 30.0

    @Option(help: "How many devices: 15 to a bus, each third bus a serial line or RTU over TCP.")
    var devices = 300

    @Option(help: "What the failures are drawn from.")
    var seed = 1

    @Flag(help: "Let nothing fail, for comparison.")
    var calm = false

    func validate() throws {
        guard minutes >= 1 else { throw ValidationError("'--minutes' takes 1 or more") }
        guard (1...300).contains(devices) else { throw ValidationError("'--devices' takes 1…300") }
    }

    func measure() async throws {
        let world = SoakWorld(devices: devices)
        let folder = try ScratchFolder()
        let broker = try await Broker(in: folder)
        let log = folder.path("requests.jsonl")
        var options = ["--port", "0", "--pace", "--identify", "--request-log", log, "--seed", "\(seed)"]
        if !calm { options += world.faults.flatMap { ["--fault", $0] } }
        let played = try folder.write(world.profile.text, to: "played.json")
        let simulated = try await SimulatedDevices(played, count: devices, options: options, in: folder)
        let witness = SoakWitness()
        let subscriber = try await Subscriber(broker.address) { witness.take($0) }
        defer { withExtendedLifetime(subscriber) {} }
        let mapped = try folder.write(world.profile.placed(simulated).text, to: "mapped.json")
        let arguments = ["run", "--profile", mapped, "--mqtt", broker.url]
        let mapper = try RunningProgram("mapper", Executables.mapper, arguments, in: folder)
        say("\(devices) devices on \(world.busCount) buses, \(minutes.text(0)) minutes, seed \(seed)")
        let common = SoakWorld.commonFaults.joined(separator: ", ")
        say(calm ? "without faults" : "faults of all: \(common); of some: silence and hang-ups that pass")
        let samples = try await watch(mapper, witness)
        let code = try await mapper.stop()
        try await simulated.stop()
        try SoakVerdict(
            world: world,
            samples: samples,
            seen: witness.seen,
            faults: SoakFaults(log: log),
            exitCode: code
        ).conclude()
    }

    /// Takes a sample each ten seconds, until the time is over.
    private func watch(_ mapper: RunningProgram, _ witness: SoakWitness) async throws -> [SoakSample] {
        say("      s    RSS MiB  descriptors  threads    CPU %     values  wrong  heard in 30 s")
        let (start, end) = (ContinuousClock.now, ContinuousClock.now + .seconds(minutes * 60))
        var samples = [SoakSample(at: .zero, try ProcessFigures(of: mapper.identifier), witness.seen)]
        while ContinuousClock.now < end {
            try await Task.sleep(until: min(start + .seconds(10) * samples.count, end), clock: .continuous)
            guard mapper.isRunning else {
                throw BenchmarkFailure("the mapper ended: \(mapper.lines.suffix(10).joined(separator: "\n"))")
            }
            let figures = try ProcessFigures(of: mapper.identifier)
            let sample = SoakSample(at: start.duration(to: .now), figures, witness.seen)
            say(sample.line(after: samples[samples.count - 1]))
            samples.append(sample)
        }
        return samples
    }
}
