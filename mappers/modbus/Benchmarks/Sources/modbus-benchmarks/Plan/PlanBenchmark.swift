// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import Foundation
import MapperCommand
import MapperKit

/// Compares what the mapper's requests take of a link with the least that would do.
struct PlanBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "The bus time of the requests, by the server's log, over the least that would do."
    )

    /// What is wanted.
    private static let bound = 1.05
    private static let base = Duration.seconds(2)
    /// Every set of properties that comes due together comes within it.
    private static let round = base * 4

    @Option(help: "How long the mapper learns before it is measured, in seconds.")
    var learning = 12

    @Option(help: "Only links whose name holds this text.")
    var link: String?

    func measure() async throws {
        let models = try PlanModel.all()
        let links = PlanLink.all.filter { link.map($0.name.contains) ?? true }
        say("plan: bus time of the mapper's requests over the least that would do; 1.00 is ideal, 1.05 is allowed")
        var table = TextTable(["device model"] + links.map(\.name))
        var columns: [[Double]] = []
        for link in links { columns.append(try await ratios(of: models, on: link)) }
        for (row, model) in models.enumerated() { table.add([model.name] + columns.map { $0[row].text(3) }) }
        table.lines.forEach(say)
        let worst = columns.joined().max() ?? .infinity
        say("worst: \(worst.text(3))")
        guard worst <= Self.bound else { throw BenchmarkFailure("a plan takes \(worst.text(3)) times the optimum") }
    }

    /// Runs all models on a link at once, each on a line or a port of its own.
    private func ratios(of models: [PlanModel], on link: PlanLink) async throws -> [Double] {
        let folder = try ScratchFolder()
        let log = folder.path("requests.jsonl")
        let played = models.enumerated().map {
            $1.text(base: Self.base, way: Self.way(link, "/dev/plan\($0)", 20000 + $0))
        }
        let profile = try folder.write(played.joined(separator: "---\n"), to: "played.yaml")
        var options = ["--pace", "--port", "0", "--request-log", log]
        if link.turnaround > 0 { options += ["--fault", "latency=\(link.turnaround)ms"] }
        let simulated = try await SimulatedDevices(profile, count: models.count, options: options, in: folder)
        let places = try models.map { model in
            guard let place = simulated.places[model.name] else {
                throw BenchmarkFailure("\(model.name) is not played")
            }
            return place
        }
        let mapped = zip(models, places).map { model, place in
            model.text(base: Self.base, way: Self.way(link, place.address, place.port ?? 0))
        }
        let path = try folder.write(mapped.joined(separator: "---\n"), to: "mapped.yaml")
        let roundTrip = try link.baudRate == nil ? BareLoop.roundTrip(port: places[0].port ?? 0) : 0
        try await run(path, in: folder)
        try await simulated.stop()
        let devices = try boundDevices(path)
        let records = try RequestRecord.all(in: log)
        return try zip(models, places).map { model, place in
            guard let device = devices.first(where: { $0.id.name == model.name }) else {
                throw BenchmarkFailure("\(model.name) has no device")
            }
            let own = records.filter { $0.place == place.name }
            return try PlanRatio(device: device, price: link.price(roundTrip: roundTrip), base: Self.base)
                .ratio(own, learning: .seconds(learning), rounds: 2)
        }
    }

    private func run(_ profile: String, in folder: ScratchFolder) async throws {
        let broker = try await Broker(in: folder)
        let arguments = ["run", "--profile", profile, "--mqtt", broker.url]
        let mapper = try RunningProgram("mapper", Executables.mapper, arguments, in: folder)
        try await Task.sleep(for: .seconds(learning) + Self.round * 2 + Self.base * 2)
        guard mapper.isRunning else { throw BenchmarkFailure(mapper.lines.suffix(10).joined(separator: "\n")) }
        try await mapper.stop()
    }

    private static func way(_ link: PlanLink, _ path: String, _ port: Int) -> [String] {
        guard let baudRate = link.baudRate else { return ["ip: 127.0.0.1", "port: \(port)"] }
        return ["serialPort: \(path)", "baudRate: \(baudRate)", "parity: none", "stopBits: 2"]
    }
}
