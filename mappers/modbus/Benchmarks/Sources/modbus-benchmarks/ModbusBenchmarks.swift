// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking

/// Measures the Modbus mapper: what it costs, how fast it is, how long it lasts.
@main
struct ModbusBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modbus-benchmarks",
        abstract: "Measure the Modbus mapper against what is possible.",
        subcommands: [
            AllBenchmarks.self, PlanBenchmark.self, ThroughputBenchmark.self, ValuesBenchmark.self,
            WritesBenchmark.self, DeadUnitBenchmark.self, OverloadBenchmark.self, SoakBenchmark.self,
        ],
        defaultSubcommand: AllBenchmarks.self
    )
}

/// Runs one benchmark after the other, all but the soak.
struct AllBenchmarks: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "all",
        abstract: "All tables, which takes some fifteen minutes (without the soak)."
    )

    func measure() async throws {
        let benchmarks: [any Benchmark.Type] = [
            PlanBenchmark.self, ThroughputBenchmark.self, ValuesBenchmark.self, WritesBenchmark.self,
            DeadUnitBenchmark.self, OverloadBenchmark.self,
        ]
        var failures: [String] = []
        for benchmark in benchmarks {
            do {
                try await benchmark.parse([]).measure()
            } catch let failure as BenchmarkFailure {
                failures.append(failure.description)
            }
            say()
        }
        guard failures.isEmpty else { throw BenchmarkFailure(failures.joined(separator: "; ")) }
    }
}
