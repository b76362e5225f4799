// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import MapperCommand

/// Measures what a unit that never answers takes from its neighbours on a line.
struct DeadUnitBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "dead-unit",
        abstract: "Five units on a line of 19200 Bd, one of them dead: what the others lose."
    )

    private static let timeout = 0.5
    /// With 11 bits to a character.
    private static let character = 11.0 / 19200

    @Option(help: "How long until the dead unit is only asked now and then, in seconds.")
    var settling = 150

    @Option(help: "How long is measured then, in seconds.")
    var seconds = 160

    func measure() async throws {
        let folder = try ScratchFolder()
        let log = folder.path("requests.jsonl")
        let fields = (0..<20).map { ProfileText.Field(name: "r\($0)", offset: $0) }
        let devices = (1...5).map { unit in
            ProfileText.Device(
                name: "unit\(unit)",
                unit: unit,
                way: .serial(path: "/dev/line", baudRate: 19200, stopBits: 2),
                model: "m",
                fields: fields
            )
        }
        let line = LineRun(profile: ProfileText(devices: devices), log: log, folder: folder)
        let records = try await line.run(for: .seconds(settling + seconds), options: ["--fault", "unit3:silent"])
        guard let last = records.last?.time else { throw BenchmarkFailure("nothing was read") }
        let steady = records.filter { $0.time > last - Double(seconds) }
        say("dead-unit: 19200 Bd, five units read each second, unit 3 dead, \(seconds) s after \(settling) s")
        var table = TextTable(["unit", "samples, % of those wanted", "line, %"])
        for unit in 1...5 {
            let own = steady.filter { $0.unit == unit }
            let exchanges = own.reduce(0) { $0 + lineTime($1) + (unit == 3 ? Self.timeout : 0) }
            let samples = unit == 3 ? 0 : own.count { $0.function == 3 }
            let share = Double(samples) / Double(seconds) * 100
            table.add(["\(unit)", unit == 3 ? "dead" : share.text(1), (exchanges / Double(seconds) * 100).text(2)])
        }
        table.lines.forEach(say)
    }

    /// The characters of a request and its answer, and two silences; a dead unit has no answer, but is waited for.
    private func lineTime(_ record: RequestRecord) -> Double {
        let answer = record.unit == 3 ? 0.0 : 5 + 2 * Double(record.count)
        return (8 + answer + 7) * Self.character
    }
}
