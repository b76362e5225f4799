// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit
import Testing

@testable import BluetoothDriver

/// Runs a mapper of several devices through the kernel's Bluetooth; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("a mapper", .timeLimit(.minutes(10)))
    struct Fleet {
        private static let counter: [String: ConfigNode] = ["n": ["characteristicUUID": "2a19", "dataType": "uint32"]]

        /// A peripheral that counts up.
        private static func peripheral(_ number: UInt8, every interval: Duration) throws -> SimulatedPeripheral {
            var peripheral = try SimulatorMake.peripheral(number)
            peripheral.motions[SimulatorMake.level] = SimulatedMotion(
                course: .counter(from: 0, step: 1),
                interval: interval,
                byteCount: 4
            )
            return peripheral
        }

        private static func keys(_ number: UInt8) throws -> [String: ConfigNode] {
            ["macAddress": ConfigNode(.string("\(try SimulatorMake.address(number))")), "addressType": "random"]
        }

        private static func seconds(_ variable: String, _ usual: Int) -> Duration {
            .seconds(ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usual)
        }

        @Test("one of four peripherals that is absent for ever takes nothing from the others")
        func absent() async throws {
            let peripherals = try (1...4).map { try Self.peripheral($0, every: .milliseconds(100)) }
            var all = peripherals
            all[3].isPresent = false
            let kernel = try SimulatorKernel(around: all)
            let bench = DriverBench("\(kernel.adapter)", folder: "/tmp/keys")
            let property: [String: ConfigNode] = [
                "n": ["characteristicUUID": "2a19", "dataType": "uint32", "notify": "off"]
            ]
            let edge = CountingEdge()
            try await bench.run(
                (1...4).map { bench.instance(try Self.keys($0), property, named: "device-\($0)") },
                on: edge
            ) {
                try await Task.sleep(for: Self.seconds("FLEET_SECONDS", 20))
            }
            for number in 1...4 {
                print("device-\(number), read once a second: \(edge.count(of: "device-\(number)").summary)")
            }
            for number in 1...3 {
                let count = edge.count(of: "device-\(number)")
                // The attempt to connect the absent one takes ten.
                #expect(count.reports > 5)
                #expect(count.gaps.allSatisfy { $0 < .seconds(8) })
                #expect(count.backwards == 0)
            }
            #expect(edge.count(of: "device-4").states.first == .offline)
            #expect(edge.count(of: "device-4").reports == 0)
        }

        @Test("a link that is lost while values are read is there again, and no value is of another time")
        func lost() async throws {
            let kernel = try SimulatorKernel(around: [try Self.peripheral(1, every: .milliseconds(50))])
            let bench = DriverBench("\(kernel.adapter)", folder: "/tmp/keys")
            let edge = CountingEdge()
            let instance = bench.instance(try Self.keys(1), Self.counter, named: "device")
            try await bench.run([instance], on: edge) {
                for _ in 0..<5 {
                    try await Task.sleep(for: .seconds(2))
                    kernel.simulator.send(.lose, to: try SimulatorMake.address())
                }
                try await Task.sleep(for: .seconds(2))
            }
            let count = edge.count(of: "device")
            print("link lost five times: \(count.summary)")
            #expect(count.backwards <= 5, "the counter begins anew with each connection")
            #expect(count.gaps.allSatisfy { $0 < .seconds(8) })
            #expect(!count.states.contains(.offline))
        }

        @Test("twenty peripherals on two adapters that send ten values a second each")
        func flood() async throws {
            let world = try (1...20).map { try Self.peripheral($0, every: .milliseconds(100)) }
            let kernels = [
                try SimulatorKernel(around: Array(world.prefix(10))),
                try SimulatorKernel(around: Array(world.suffix(10))),
            ]
            let bench = DriverBench("\(kernels[0].adapter)", folder: "/tmp/keys")
            let instances = try (1...20).map { number in
                var keys = try Self.keys(UInt8(number))
                keys["adapter"] = ConfigNode(.string("\(kernels[number > 10 ? 1 : 0].adapter)"))
                return bench.instance(keys, Self.counter, named: "device-\(number)", cycle: .seconds(10))
            }
            let edge = CountingEdge()
            let time = Self.seconds("FLOOD_SECONDS", 12)
            try await bench.run(instances, on: edge) {
                try await Task.sleep(for: time / 4)
                let warm = SelfUsage.now
                try await Task.sleep(for: time * 3 / 4)
                print("memory and descriptors after a quarter: \(warm), at the end: \(SelfUsage.now)")
            }
            var (reports, sent) = (0, Int64(0))
            for number in 1...20 {
                let count = edge.count(of: "device-\(number)")
                reports += count.reports
                sent += count.value ?? 0
                print("device-\(number), sending every 100 ms: \(count.summary), last value \(count.value ?? -1)")
                #expect(count.backwards == 0)
                #expect(count.states.filter { $0 == .offline }.isEmpty)
                #expect(count.reports > 3)
            }
            print("twenty peripherals for \(time): \(reports) values reported of \(sent) sent")
        }
    }
}
