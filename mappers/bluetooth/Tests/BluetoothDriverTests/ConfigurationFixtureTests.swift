// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@testable import BluetoothDriver

private let fixtures = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"].map { "\($0)/kubeedge/" }

@Suite("KubeEdge's own Bluetooth devices", .enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set"))
struct ConfigurationFixtureTests {
    private func bind(_ names: [String]) throws -> (
        devices: [DriverBinding<VisitorBench>.BoundDevice], findings: [String]
    ) {
        let root = try #require(fixtures)
        let loaded = try ProfileLoader().load(names.map { root + $0 })
        let (devices, findings) = DriverBinding(VisitorBench()).bind(loaded.profile)
        return (devices, findings.map { $0.description.replacing(root, with: "") })
    }

    private func read(_ name: String, _ octets: [UInt8], of device: DriverBinding<VisitorBench>.BoundDevice) throws
        -> String
    {
        let visitor = try #require(device.visitor(of: name))
        let codec = try ValueCodec(of: visitor.config, for: visitor.property.model)
        return try codec.value(of: octets).text
    }

    @Test(
        "the CC2650 sample of both versions means what it says",
        arguments: [
            ["v1.3.1-bluetooth-cc2650-device-model.yaml", "v1.3.1-bluetooth-cc2650-device-instance.yaml"],
            ["v1.6.0-bluetooth-cc2650-device-model.yaml", "v1.6.0-bluetooth-cc2650-device-instance.yaml"],
        ]
    )
    func sensorTag(_ names: [String]) throws {
        let (devices, findings) = try bind(names)
        let device = try #require(devices.first, "\(findings)")
        #expect(device.config.macAddress?.description == "BC:6A:29:AE:CC:96")
        #expect(!findings.contains { $0.contains("error") || $0.contains("unknown key") }, "\(findings)")
        #expect(try read("temperature", [0x54, 0x0B, 0x80, 0x0C], of: device) == "22.65625")
        let enable = try #require(device.visitor(of: "temperature-enable"))
        #expect(enable.config.dataWrite?.octets == ["ON": [1], "OFF": [0]])
    }

    @Test("the sample of v1.6 is read as it was meant, and that is said")
    func indentation() throws {
        let (_, findings) = try bind([
            "v1.6.0-bluetooth-cc2650-device-model.yaml", "v1.6.0-bluetooth-cc2650-device-instance.yaml",
        ])
        let found = findings.filter { $0.contains("stands beside") }
        #expect(found.count == 4 + 2 + 7)
        #expect(
            found.first
                == "v1.6.0-bluetooth-cc2650-device-instance.yaml:28:21: warning: property 'temperature' of device "
                + "'sensor-tag-instance-01': 'startIndex' stands beside 'dataConverter': taken as part of it, indent it "
                + "by two spaces more"
        )
    }

    @Test("what reaches a mapper of mappers-go in its ConfigMap")
    func configMap() throws {
        let (devices, findings) = try bind(["mappers-go-v1.13.0-ble-configmap_test.json"])
        let device = try #require(devices.first, "\(findings)")
        #expect(device.config.macAddress?.description == "A4:C1:38:1A:49:90")
        #expect(try read("humidity", [0xF8, 0x08, 0x2F, 0x89, 0x0B], of: device) == "0.47")
    }
}
