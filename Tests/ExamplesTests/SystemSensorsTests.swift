// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import ProgramTesting
import Synchronization
import Testing

@testable import system_mapper

extension ExamplesTests {
    /// `Examples/system-sensors`.
    @Suite(.serialized, .timeLimit(.minutes(3)))
    struct SystemSensorsTests {
        private let example = Example.systemSensors
        private let program = Executables.named(Example.systemSensors.program)
        private let folder: ScratchFolder

        init() throws {
            folder = try ScratchFolder()
            let files = [
                "sys/class/thermal/thermal_zone0/type": "acpitz\n", "sys/class/thermal/thermal_zone0/temp": "27800\n",
                "sys/class/thermal/thermal_zone10/type": "x86_pkg_temp\n",
                "sys/class/thermal/thermal_zone10/temp": "51000\n", "sys/class/thermal/cooling_device0/type": "fan\n",
                "proc/loadavg": "0.52 0.58 0.59 1/467 12345\n", "proc/uptime": "350735.47 234388.90\n",
                "proc/meminfo": "MemTotal:        4000000 kB\nMemFree:  1 kB\nMemAvailable:    1000000 kB\n",
                "proc/stat": "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\n",
            ]
            for (path, text) in files { try folder.write(text, to: "root/\(path)") }
        }

        private func read(_ properties: String..., changes: [String: String]) async throws -> Outcome {
            let profile = try example.writeProfile(to: folder, changes)
            return try await Outcome(program, ["read", "gateway"] + properties + ["--profile", profile], in: folder)
        }

        private var fake: [String: String] { ["root: /": "root: \(folder.url.appending(path: "root").path)"] }

        @Test func `Each sensor has its value in its unit`() async throws {
            let outcome = try await read(changes: fake)
            // The times of a processor in a file do not move.
            #expect(outcome.code == 74)
            #expect(outcome.output.contains("proc/stat has not moved since it was read last"))
            let expected = [
                "cpu-temperature": "51", "load-1": "0.52", "load-5": "0.58", "load-15": "0.59",
                "memory-total": "4096000000", "memory-available": "1024000000", "memory-used": "75", "uptime": "350735",
            ]
            for (name, value) in expected { #expect(outcome.value(of: name) == value, "\(outcome.output)") }
            for name in ["disk-total", "disk-available", "disk-used"] {
                #expect(outcome.value(of: name).flatMap(Double.init).map { $0 >= 0 } ?? false, "\(outcome.output)")
            }
        }

        @Test func `This very machine is read, too`() async throws {
            let names = ["cpu", "load-1", "memory-total", "memory-used", "disk-total", "disk-used", "uptime"]
            let profile = example.url.path
            let outcome = try await Outcome(program, ["read", "gateway"] + names + ["--profile", profile], in: folder)
            #expect(outcome.code == 0, "\(outcome.output)")
            for name in ["cpu", "memory-used", "disk-used"] {
                let value = try #require(outcome.value(of: name).flatMap(Double.init))
                #expect((0...100).contains(value))
            }
            #expect(outcome.value(of: "memory-total").flatMap(Int.init) == Int(ProcessInfo.processInfo.physicalMemory))
        }

        @Test func `What is missing is said with what there is`() async throws {
            let zone = try await read("cpu-temperature", changes: fake.merging(["x86_pkg_temp": "gpu"]) { $1 })
            #expect(zone.code == 74)
            #expect(
                zone.output.contains(
                    "no thermal zone 'gpu': there are acpitz (thermal_zone0), x86_pkg_temp (thermal_zone10)"
                ),
                "\(zone.output)"
            )
            let byName = try await read(
                "cpu-temperature",
                changes: fake.merging(["x86_pkg_temp": "thermal_zone0"]) { $1 }
            )
            #expect(byName.value(of: "cpu-temperature") == "27.8")
            let nothing = try await read(changes: ["root: /": "root: /nowhere"])
            #expect(nothing.code == 74)
            for text in [
                "this machine has none", "/nowhere/proc/loadavg cannot be read", "/nowhere/: No such file or directory",
            ] { #expect(nothing.output.contains(text), "\(nothing.output)") }
            try folder.write("no number\n", to: "root/proc/loadavg")
            let broken = try await read("load-1", changes: fake)
            #expect(broken.output.contains("proc/loadavg has no number at place 1"), "\(broken.output)")
        }

        @Test func `Keys that do not go together are found before anything runs`() async throws {
            let misspelt = try await validate(["load-15": "lode-15"])
            #expect(misspelt.contains("'lode-15', did you mean 'load-15'? (temperature, cpu, "), "\(misspelt)")
            let outcome = try await validate([
                "          zone: x86_pkg_temp\n": "", "sensor: load-5": "sensor: load-5\n          path: /",
            ])
            for text in ["22:19: error: 'temperature' needs a 'zone'", "'path' does not go with 'load-5'"] {
                #expect(outcome.contains(text), "\(outcome)")
            }
        }

        private func validate(_ changes: [String: String]) async throws -> String {
            let profile = try example.writeProfile(to: folder, changes)
            let outcome = try await Outcome(program, ["validate", profile], in: folder)
            #expect(outcome.code == 1)
            return outcome.output
        }

        @Test func `A machine is found with the sensors it has, and what is printed can be used as it is`() async throws
        {
            try folder.write("acpitz\n", to: "root/sys/class/thermal/thermal_zone1/type")
            try folder.write("30000\n", to: "root/sys/class/thermal/thermal_zone1/temp")
            try folder.write("broken\n", to: "root/sys/class/thermal/thermal_zone2/type")
            let found = Mutexed<[DiscoveredDevice]>([])
            let root = folder.url.appending(path: "root").path
            try await SystemDriver(root: root).discover(for: .seconds(1)) { device in
                found.value.withLock { $0.append(device) }
            }
            let devices = found.value.withLock { $0 }
            let device = try #require(devices.first)
            let names = device.properties.map(\.model.name)
            // Those of one type go by their folders; of the one that has no temperature, and of the processor whose times
            // do not move, nothing is known.
            #expect(names.prefix(4) == ["thermal_zone0", "thermal_zone1", "x86_pkg_temp", "load-1"])
            #expect(names.suffix(2) == ["disk-used", "uptime"] && !names.contains("cpu"))

            let yaml = try await Outcome(program, ["discover", "--output", "yaml"], in: folder)
            #expect(yaml.code == 0)
            try folder.write(yaml.output, to: "found/found.yaml")
            let profile = folder.url.appending(path: "found").path
            let read = try await Outcome(program, ["read", "gateway", "--profile", profile], in: folder)
            #expect(read.code == 0, "\(read.output) \(yaml.output)")
            #expect(read.value(of: "memory-total").flatMap(Int.init) ?? 0 > 0)
        }

        @Test func `How busy a processor is comes from two looks at it`() throws {
            let before = try ProcessorTimes("cpu  100 0 100 800 0 0 0 0 0 0\n")
            let now = try ProcessorTimes("cpu  130 5 110 850 5 0 0 0 0 0\ncpu0 1 1 1 1\n")
            // 45 ticks of work in 100.
            #expect(now.use(since: before) == 45)
            #expect(before.use(since: before) == nil && before.use(since: now) == nil)
            #expect(throws: (any Error).self) { try ProcessorTimes("intr 1 2 3 4 5") }
        }
    }
}
