// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import MapperTesting
import Testing

@testable import BluetoothDriver

/// Opens devices as a mapper does, through the kernel's Bluetooth; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("the driver", .timeLimit(.minutes(1)))
    struct Driver {
        private static let level: [String: ConfigNode] = ["level": ["characteristicUUID": "2a19"]]
        private static let setPoint: [String: ConfigNode] = [
            "setpoint": ["characteristicUUID": "2a6e", "dataType": "int16"]
        ]

        private static func folder() -> String { "/tmp/keys-\(UInt32.random(in: 0...UInt32.max))" }

        private static func bench(_ kernel: SimulatorKernel, folder: String = folder()) -> DriverBench {
            DriverBench("\(kernel.adapter)", folder: folder)
        }

        private static func mac(_ address: BluetoothAddress) -> ConfigNode { ConfigNode(.string("\(address)")) }

        @Test("a device is found by its address without the kind, by a name only told when asked, and by a service")
        func found() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral, try SimulatorMake.peripheral(2)])
            let bench = Self.bench(kernel)
            let ways: [[String: ConfigNode]] = [
                ["macAddress": Self.mac(peripheral.address), "addressType": "random"],
                ["macAddress": Self.mac(peripheral.address)], ["name": "Sensor 1"], ["service": "180f"],
            ]
            for way in ways {
                let start = ContinuousClock.now
                #expect(try await bench.texts(of: bench.device(way, Self.level)) == ["87"])
                print("found by \(way.keys.sorted()): \(start.duration(to: .now))")
            }
        }

        @Test("an adapter that is off is switched on, one that goes off and on or is unplugged is used again")
        func adapter() async throws {
            let peripheral = try SimulatorMake.peripheral()
            var kernel: SimulatorKernel? = try SimulatorKernel(around: [peripheral])
            let address = try #require(kernel?.adapter)
            _ = try kernel?.manage(0x0005, [0])
            let bench = DriverBench("\(address)", folder: Self.folder())
            let device = try bench.device(
                ["macAddress": Self.mac(peripheral.address), "addressType": "random"],
                Self.level
            )
            let session = try await bench.driver.open(device)
            #expect(await DriverBench.texts(session, device) == ["87"])
            // Read Default System Configuration: type 0x001A, the time without a packet after which a link is lost.
            let defaults = try #require(try kernel?.manage(0x004B))
            #expect(defaults.firstRange(of: [0x1A, 0x00, 0x02, 200, 0]) != nil)
            _ = try kernel?.manage(0x0005, [0])
            let failure = await DriverBench.texts(session, device)
            #expect(failure[0].contains("adapter switched off or unplugged") || failure[0].contains("ended"))
            await session.close()
            let start = ContinuousClock.now
            #expect(try await Self.eventually { try await bench.texts(of: device) } == ["87"])
            print("switched off, read again after \(start.duration(to: .now))")
            kernel = nil
            let error = await #expect(throws: DeviceError.self) { _ = try await bench.driver.open(device) }
            #expect(error?.message.contains("adapter") == true)
            kernel = try SimulatorKernel(around: [peripheral], again: address)
            #expect(try await Self.eventually { try await bench.texts(of: device) } == ["87"])
        }

        @Test("a beacon is heard beside connections that fail")
        func beacon() async throws {
            var beacon = try SimulatorMake.peripheral(9)
            beacon.isConnectable = false
            // BTHome: 21.5 °C, and a counter that does not matter.
            beacon.advertisingData = [0x02, 0x01, 0x06, 0x07, 0x16, 0xD2, 0xFC, 0x40, 0x45, 0xD7, 0x00]
            var refusing = try SimulatorMake.peripheral(1)
            refusing.refusals = 3
            var hidden = try SimulatorMake.peripheral(3)
            hidden.isPresent = false
            let kernel = try SimulatorKernel(around: [beacon, refusing, hidden])
            let bench = Self.bench(kernel)
            let keys: [String: ConfigNode] = ["macAddress": Self.mac(beacon.address), "mode": "advertisement"]
            let device = try bench.device(
                keys,
                ["a": ["source": "beacon", "field": "temperature"], "b": ["source": "rssi"]]
            )
            let session = try await bench.driver.open(device)
            let texts = await DriverBench.texts(session, device)
            #expect(texts == ["21.5", "-60"])
            let gaps = GapWatch()
            let radio = SimulatorVMTests.Driver.radio(bench)
            let listening = try await radio.listen(to: WantedPeer(device.config)) { gaps.heard(at: $0.uptime) }
            let absent = try bench.device(
                ["macAddress": "F0:00:00:00:00:77", "addressType": "random", "connectTimeout": 6000],
                Self.level,
                named: "absent"
            )
            let other = try bench.device(
                ["macAddress": Self.mac(refusing.address), "addressType": "random"],
                Self.level,
                named: "other"
            )
            await #expect(throws: DeviceError.self) { _ = try await bench.driver.open(absent) }
            for _ in 0..<3 { #expect(try await bench.texts(of: other) == ["87"]) }
            // Who turns up while it is waited for is connected all the same.
            let late = try bench.device(
                ["macAddress": Self.mac(hidden.address), "addressType": "random"],
                Self.level,
                named: "late"
            )
            let opening = Task { try await bench.texts(of: late) }
            try await Task.sleep(for: .seconds(2))
            kernel.simulator.send(.present, to: hidden.address)
            let start = ContinuousClock.now
            #expect(try await opening.value == ["87"])
            print("turned up while waited for, beside a scan: read after \(start.duration(to: .now))")
            await listening.end()
            print("beacon every 100 ms beside connections: \(gaps.count) times, longest gap \(gaps.longest)")
            // Without the scan beside them the first one alone would be six seconds of silence.
            #expect(gaps.longest < .seconds(5))
            await session.close()
        }

        @Test("a key lasts: after a restart an encrypted value is read without pairing again")
        func bonded() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.pairing = .justWorks
            peripheral.table = AttributeTable(SimulatorMake.services(protecting: SimulatorMake.setPoint))
            let kernel = try SimulatorKernel(around: [peripheral])
            let folder = Self.folder()
            let keys: [String: ConfigNode] = ["macAddress": Self.mac(peripheral.address), "addressType": "random"]
            for round in 0..<2 {
                let bench = Self.bench(kernel, folder: folder)
                let device = try bench.device(keys, Self.setPoint)
                let start = ContinuousClock.now
                #expect(try await bench.texts(of: device) == ["513"])
                print("encrypted value, round \(round): \(start.duration(to: .now))")
                // As after a reboot: the kernel has forgotten everything. Load Long Term Keys, none.
                _ = try kernel.manage(0x0013, [0, 0])
                // From now on the peripheral pairs with nobody.
                let key = kernel.simulator.peripherals.first?.longTermKey
                #expect(key != nil)
                // The kernel keeps a link that nobody uses for two seconds.
                try await Task.sleep(for: .seconds(3))
            }
        }

        @Test("a peripheral that has forgotten the pairing is paired with anew")
        func forgotten() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.pairing = .justWorks
            peripheral.table = AttributeTable(SimulatorMake.services(protecting: SimulatorMake.setPoint))
            let kernel = try SimulatorKernel(around: [peripheral])
            let bench = Self.bench(kernel)
            let device = try bench.device(
                ["macAddress": Self.mac(peripheral.address), "addressType": "random"],
                Self.setPoint
            )
            #expect(try await bench.texts(of: device) == ["513"])
            kernel.simulator.send(.forget, to: peripheral.address)
            try await Task.sleep(for: .seconds(3))
            // The kernel ends the link on which the old key was refused; the next one pairs.
            let refused = try await Self.eventually { try await bench.texts(of: device) }
            #expect(refused[0].contains("pairing failed"))
            #expect(try await Self.eventually { try await bench.texts(of: device) } == ["513"])
        }

        private static func radio(_ bench: DriverBench) -> any Radio { bench.driver.radios[bench.adapter] }

        /// Tries again while the device cannot be reached, as the mapper does.
        private static func eventually(_ body: () async throws -> [String]) async throws -> [String] {
            for _ in 0..<50 {
                do {
                    return try await body()
                } catch let error as DeviceError {
                    print("not yet: \(error)")
                    try await Task.sleep(for: .milliseconds(200))
                }
            }
            return try await body()
        }
    }
}
