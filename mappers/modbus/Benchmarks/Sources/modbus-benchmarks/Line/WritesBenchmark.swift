// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import Foundation
import Logging
import MapperCommand
import MapperKit
import MapperProfile
import MapperTesting
import ModbusDriver

/// Measures how long a desired value takes to the device while a slow line is read without a pause.
struct WritesBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "writes",
        abstract: "From a desired value to its device, on a line of 9600 Bd that is read all the time."
    )

    /// With 11 bits to a character; 8 of them make the request.
    private static let requestTime = 8.0 * 11 / 9600
    private static let lines = 4

    @Option(help: "How many values are written on each of four lines.")
    var writes = 50

    func measure() async throws {
        say("writes: seconds from the desired value to the write's last character, 9600 Bd, reads of 125 registers")
        for devices in [1, 3] {
            let spread = Distribution(try await latencies(devices))
            var table = TextTable(["devices on the line", "writes", "p50", "p99", "max"])
            let figures = [spread.median, spread.quantile(0.99), spread.most].map { $0.text(3) }
            table.add(["\(devices)", "\(spread.count)"] + figures)
            table.lines.forEach(say)
        }
    }

    private func latencies(_ devicesPerLine: Int) async throws -> [Double] {
        let folder = try ScratchFolder()
        let log = folder.path("requests.jsonl")
        let profile = Self.profile(devicesPerLine)
        let played = try folder.write(profile.text, to: "played.json")
        let options = ["--pace", "--request-log", log]
        let count = Self.lines * devicesPerLine
        let simulated = try await SimulatedDevices(played, count: count, options: options, in: folder)
        let mapped = try folder.write(profile.placed(simulated).text, to: "mapped.json")
        let given = try await give(try ProfileLoader().load([mapped]).profile)
        try await simulated.stop()
        let records = try RequestRecord.all(in: log).filter { [6, 16].contains($0.function) }
        return try given.flatMap { device, times in
            let place = simulated.places[device]?.name
            let seen = records.filter { $0.place == place ?? "" }.map(\.time)
            guard seen.count == times.count else {
                throw BenchmarkFailure("\(device): \(times.count) values desired, \(seen.count) written")
            }
            return zip(times, seen).map { $1 - $0 + Self.requestTime }
        }
    }

    /// Gives each line's first device one desired value after the other.
    /// - Returns: when, in seconds since 1970.
    private func give(_ profile: DeviceProfile) async throws -> [String: [Double]] {
        var logger = Logger(label: "mapper")
        logger.logLevel = .error
        let edge = InMemoryEdge()
        let mapper = Mapper(driver: ModbusDriver(logger: logger), link: edge, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await mapper.run() }
            edge.send(profile)
            defer { group.cancelAll() }
            return try await withThrowingTaskGroup(of: (String, [Double]).self) { writers in
                for line in 0..<Self.lines {
                    writers.addTask { ("line\(line)-1", try await self.give("line\(line)-1", by: edge)) }
                }
                return try await writers.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
    }

    private func give(_ name: String, by edge: InMemoryEdge) async throws -> [Double] {
        let device = DeviceID(name)
        _ = try await edge.waitForReport(device, "setpoint")
        var times: [Double] = []
        for value in 1...writes {
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...900)))
            times.append(Date.now.timeIntervalSince1970)
            edge.desire(device, ["setpoint": "\(value)"])
            _ = try await edge.waitForReport(device, "setpoint") { $0.text == "\(value)" }
        }
        return times
    }

    private static func profile(_ devicesPerLine: Int) -> ProfileText {
        let fields = [
            ProfileText.Field(
                name: "block",
                offset: 0,
                words: 125,
                cycle: .milliseconds(100),
                dataType: "bytes",
                type: "bytes"
            ),
            ProfileText.Field(name: "setpoint", offset: 1000, cycle: .seconds(60), isWritable: true),
        ]
        let devices = (0..<lines).flatMap { line in
            (1...devicesPerLine).map { unit in
                ProfileText.Device(
                    name: "line\(line)-\(unit)",
                    unit: unit,
                    way: .serial(path: "/dev/line\(line)", baudRate: 9600, stopBits: 2),
                    model: "writes",
                    fields: fields
                )
            }
        }
        return ProfileText(devices: devices, isTelemetry: false)
    }
}
