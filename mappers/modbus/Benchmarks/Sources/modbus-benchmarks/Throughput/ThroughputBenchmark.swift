// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import MapperCommand

/// Compares the driver with libmodbus alone, at the same server.
struct ThroughputBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "throughput",
        abstract: "Transactions a second through the driver, over those of libmodbus alone."
    )

    private static let callers = [1, 2, 4, 8]

    @Option(help: "How often each measurement is repeated; medians count.")
    var repetitions = 5

    @Option(help: "How long each measurement takes, in milliseconds.")
    var time = 500

    func measure() async throws {
        let folder = try ScratchFolder()
        let sizes = [1, 10, 125]
        let played = try folder.write(profile(125, port: 0).text, to: "played.json")
        let simulated = try await SimulatedDevices(
            played,
            count: 8,
            options: ["--port", "0", "--identify"],
            in: folder
        )
        guard let port = simulated.places["caller1"]?.port else { throw BenchmarkFailure("no port") }
        let bare = try BareLoop(port: port)
        say("throughput: transactions a second of callers that share one bus, over those of libmodbus alone")
        var table = TextTable(["registers", "libmodbus alone"] + Self.callers.map { "\($0) callers" })
        for size in sizes {
            let devices = try boundDevices(folder.write(profile(size, port: port).text, to: "mapped\(size).json"))
            let loop = try await DriverLoop(devices)
            var rates: [Int: [Double]] = [:]
            var bareRates: [Double] = []
            for _ in 0..<repetitions {
                bareRates.append(bare.rate(reading: size, for: .milliseconds(time)))
                for count in Self.callers {
                    rates[count, default: []].append(await loop.rate(callers: count, for: .milliseconds(time)))
                }
            }
            await loop.close()
            let alone = Distribution(bareRates).median
            let cells = Self.callers.map { count in
                let rate = Distribution(rates[count] ?? []).median
                return "\(rate.text(0)) (\((rate / alone * 100).text(0)) %)"
            }
            table.add(["\(size)", alone.text(0)] + cells)
        }
        table.lines.forEach(say)
    }

    private func profile(_ size: Int, port: Int) -> ProfileText {
        let field = ProfileText.Field(name: "block", offset: 0, words: size, dataType: "bytes", type: "bytes")
        let callers = (1...8).map { unit in
            ProfileText.Device(
                name: "caller\(unit)",
                unit: unit,
                way: .tcp(port: port == 0 ? 20000 : port),
                model: "block",
                fields: [field]
            )
        }
        return ProfileText(devices: callers)
    }
}
