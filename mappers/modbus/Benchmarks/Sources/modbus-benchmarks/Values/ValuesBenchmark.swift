// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Benchmarking
import Foundation
import MapperCommand
import Synchronization

/// Counts the values that come out of the driver, and out of the mapper.
struct ValuesBenchmark: Benchmark {
    static let configuration = CommandConfiguration(
        commandName: "values",
        abstract: "Values a second, with what they take of processor and memory."
    )

    @Option(help: "How long each measurement takes, in seconds.")
    var seconds = 10

    func measure() async throws {
        try await measureDriver()
        say()
        try await measureMapper()
    }

    private func measureDriver() async throws {
        say("values: read in a loop and decoded by the driver, each caller on a bus of its own")
        let folder = try ScratchFolder()
        let world = ValuesWorld(devices: 4, devicesPerBus: 1)
        let played = try folder.write(world.profile.text, to: "played.json")
        let simulated = try await SimulatedDevices(
            played,
            count: 4,
            options: ["--port", "0", "--identify"],
            in: folder
        )
        let mapped = try folder.write(world.profile.placed(simulated).text, to: "mapped.json")
        let loop = try await DriverLoop(try boundDevices(mapped))
        var table = TextTable(["callers", "values/s", "processor, % of a core", "processor for a value, µs"])
        for callers in [1, 2, 4] {
            let before = try ProcessFigures(of: getpid())
            let rate = await loop.rate(callers: callers, for: .seconds(seconds)) * Double(ValuesWorld.valueCount)
            let cpu = (try ProcessFigures(of: getpid()).cpu - before.cpu).seconds
            let share = cpu / Double(seconds)
            table.add(["\(callers)", rate.text(0), (share * 100).text(0), (share / rate * 1e6).text(2)])
        }
        await loop.close()
        table.lines.forEach(say)
    }

    private func measureMapper() async throws {
        say("values: from simulated devices through modbus-mapper into mosquitto, \(ValuesWorld.valueCount) a device")
        let heading = [
            "devices", " cycle", "wanted/s", "published/s", "CPU, % of a core", "µs a value", "RSS MiB", "threads",
            "stopped after",
        ]
        say(heading.joined(separator: "  "))
        for (devices, cycle) in [(1, 1.0), (10, 1), (100, 1), (300, 1), (300, 0.5), (300, 0.25), (300, 0.1)] {
            let row = try await row(devices, .milliseconds(Int(cycle * 1000)))
            let cells = zip(row, heading).map { String(repeating: " ", count: max($1.count - $0.count, 0)) + $0 }
            say(cells.joined(separator: "  "))
        }
    }

    private func row(_ devices: Int, _ cycle: Duration) async throws -> [String] {
        let folder = try ScratchFolder()
        let world = ValuesWorld(devices: devices, devicesPerBus: 15, cycle: cycle)
        let played = try folder.write(world.profile.text, to: "played.json")
        let options = ["--port", "0", "--identify"]
        let simulated = try await SimulatedDevices(played, count: devices, options: options, in: folder)
        let broker = try await Broker(in: folder)
        let counter = MessageCounter()
        let filters = ["$ke/events/device/+/data/update"]
        let subscriber = try await Subscriber(broker.address, to: filters) { _ in counter.add() }
        defer { withExtendedLifetime(subscriber) {} }
        let mapped = try folder.write(world.profile.placed(simulated).text, to: "mapped.json")
        let arguments = ["run", "--profile", mapped, "--mqtt", broker.url, "--log-level", "error"]
        let mapper = try RunningProgram("mapper", Executables.mapper, arguments, in: folder)
        try await eventually("the first values") { counter.count >= devices }
        try await Task.sleep(for: .seconds(3))
        let (before, messages, start) = (try ProcessFigures(of: mapper.identifier), counter.count, ContinuousClock.now)
        try await Task.sleep(for: .seconds(seconds))
        let after = try ProcessFigures(of: mapper.identifier)
        let elapsed = start.duration(to: .now).seconds
        // Each message has all values of a device: they are read in one request.
        let rate = Double((counter.count - messages) * ValuesWorld.valueCount) / elapsed
        let share = (after.cpu - before.cpu).seconds / elapsed
        let stop = ContinuousClock.now
        try await mapper.stop(within: .seconds(60))
        let stopTime = stop.duration(to: .now).seconds
        try await simulated.stop()
        return [
            "\(devices)", "\(cycle.seconds.text(1)) s",
            (Double(devices * ValuesWorld.valueCount) / cycle.seconds).text(0), rate.text(0), (share * 100).text(0),
            (share / rate * 1e6).text(2), (Double(after.residentKilobytes) / 1024).text(1), "\(after.threads)",
            "\(stopTime.text(1)) s",
        ]
    }
}

/// Counts messages.
final class MessageCounter: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }

    func add() { number.add(1, ordering: .relaxed) }
}
