// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import BluetoothDriver

@Suite("The contract of drivers, over a Unix socket", .timeLimit(.minutes(5)))
struct ConformanceTests {
    /// What the peripheral does not have, and what it does not have to have.
    private static let others = [
        SimulationMake.property("absent", .int, ["characteristicUUID": "ffee"]),
        SimulationMake.property("seen", .int, ["source": "lastSeen"]),
        SimulationMake.property("rssi", .int, ["source": "rssi"]),
    ]

    private static func options(_ stage: SimulatorStage) -> ConformanceOptions {
        var options = ConformanceOptions()
        options.stepTime = .seconds(20)
        options.reopenings = 20
        options.writesForbiddenValues = true
        options.bringBack = { device in _ = stage.take("present \(device)") }
        return options
    }

    private static func device(
        _ name: String,
        _ config: [String: ConfigNode],
        _ properties: [Property]
    ) throws -> BluetoothDevice {
        try SimulationMake.device(
            name,
            ConfigNode(.mapping(config.sorted { $0.key < $1.key }.map { ConfigNode.Entry($0.key, $0.value) })),
            properties
        )
    }

    @Test("connected: two peripherals, one of which is lost and comes back")
    func connected() async throws {
        let path = SimulationMake.path()
        func devices(_ properties: [Property]) throws -> [BluetoothDevice] {
            try ["tag", "other"].enumerated().map { number, name in
                let address = "F0:02:03:04:05:0\(number + 1)"
                let config: [String: ConfigNode] = [
                    "macAddress": ConfigNode(.string(address)), "adapter": ConfigNode(.string(path)),
                    "addressType": "random", "connectTimeout": 2000, "responseTimeout": 2000,
                ]
                return try Self.device(name, config, properties)
            }
        }
        let stage = try await SimulatorStage(try devices(SimulationMake.properties), with: SimulationOptions())
        defer { stage.stop() }
        var options = Self.options(stage)
        options.takeAway = { device in
            _ = stage.take("absent \(device)")
            _ = stage.take("lose \(device)")
        }
        let report = try await DriverConformance.run(
            BluetoothDriver(),
            profile: DeviceProfile(devices: try devices(SimulationMake.properties + Self.others).map(\.instance)),
            options: options
        )
        #expect(report.breaches.isEmpty, "\(report)")
        // A peripheral takes one connection.
        #expect(report.untried == [.crowd], "\(report)")
    }

    @Test("listened to: two beacons, one of which is lost and comes back")
    func listening() async throws {
        let path = SimulationMake.path()
        let devices = try ["beacon", "other"].enumerated().map { number, name in
            let address = "C0:02:03:04:05:0\(number + 1)"
            let config: [String: ConfigNode] = [
                "macAddress": ConfigNode(.string(address)), "adapter": ConfigNode(.string(path)),
                "mode": "advertisement", "presenceTimeout": 3000, "connectTimeout": 3000,
            ]
            return try Self.device(
                name,
                config,
                [
                    SimulationMake.property("t", .double, ["source": "beacon", "field": "temperature"], in: 10...20),
                    SimulationMake.property("h", .double, ["source": "beacon", "field": "humidity"], in: 30...60),
                    SimulationMake.property("battery", .int, ["source": "battery"], in: 0...100),
                    SimulationMake.property("rssi", .int, ["source": "rssi"]),
                    SimulationMake.property("seen", .int, ["source": "lastSeen"]),
                ]
            )
        }
        let stage = try await SimulatorStage(devices, with: SimulationOptions())
        defer { stage.stop() }
        var options = Self.options(stage)
        options.takeAway = { device in _ = stage.take("absent \(device)") }
        let report = try await DriverConformance.run(
            BluetoothDriver(),
            profile: DeviceProfile(devices: devices.map(\.instance)),
            options: options
        )
        #expect(report.breaches.isEmpty, "\(report)")
        #expect(!report.untried.contains(.crowd), "\(report)")
    }
}
