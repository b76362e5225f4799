// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Measures the Modbus mapper: what it costs, how fast it is, how long it lasts.
@main
struct ModbusBenchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modbus-benchmarks",
        abstract: "Measure the Modbus mapper against what is possible.",
        subcommands: [SoakBenchmark.self]
    )
}
