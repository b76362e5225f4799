// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@testable import BluetoothDriver

@Suite("A profile of an explored peripheral")
struct ExplorationProfileTests {
    private func bind(_ exploration: Exploration) throws -> DriverBinding<BluetoothDriver>.BoundDevice {
        let path = FileManager.default.temporaryDirectory.appending(path: "explored-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ExplorationProfile(exploration).description.write(toFile: path, atomically: true, encoding: .utf8)
        let loaded = try ProfileLoader().load([path])
        #expect(loaded.warnings.isEmpty, "\(loaded.warnings)")
        let (devices, findings) = DriverBinding(BluetoothDriver()).bind(loaded.profile)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
        return try #require(devices.first)
    }

    @Test("loads without findings, whatever the peripheral has")
    func everything() throws {
        let exploration = try ExploreBench.everything()
        let device = try bind(exploration)
        let names = device.visitors.map(\.property.name)
        #expect(names.count == ExplorationProfile(exploration).propertyCount)
        #expect(Set(names).count == names.count)
        #expect(names.contains("temperature") && names.contains("temperature-out-x-y") && names.contains("on"))
        #expect(!names.contains("service-changed"))
        #expect(!names.contains("characteristic-fff3"))
        #expect(device.visitor(of: "temperature-on")?.config.instance == 3)
        #expect(device.config.macAddress == exploration.address)
    }

    @Test("means what the peripheral says")
    func meanings() throws {
        let device = try bind(
            try ExploreBench.exploration([
                ExploreBench.characteristic(BluetoothUUID(0x2A6E), [.read, .write], value: [0x66, 0x08]),
                ExploreBench.characteristic(BluetoothUUID(0xFFF1), [.read, .write], value: [1]),
                ExploreBench.characteristic(BluetoothUUID(0xFFF2), format: [6, 0xFF, 0x28, 0x27, 1, 0, 0]),
            ])
        )
        let temperature = try #require(device.visitor(of: "temperature"))
        let raw = try ValueCodec(of: temperature.config, for: temperature.property.model).value(of: [0x66, 0x08])
        #expect(raw == .int(2150))
        #expect(temperature.config.values.scale == 0.01)
        #expect(temperature.property.model.accessMode == .readWrite)
        let unknown = try #require(device.visitor(of: "characteristic-fff1"))
        #expect(unknown.config.dataType == .hex)
        #expect(unknown.property.model.accessMode == .readOnly)
        let voltage = try #require(device.visitor(of: "characteristic-fff2"))
        #expect(voltage.config.dataType == .integer(bits: 16, isSigned: false))
        #expect(voltage.config.values.scale == 0.1)
        #expect(voltage.property.model.unit == "V")
    }

    @Test("a passkey that was given is kept")
    func passkey() throws {
        var exploration = try ExploreBench.exploration([ExploreBench.characteristic(BluetoothUUID(0x2A19))])
        exploration.passkey = 42
        let device = try bind(exploration)
        #expect(device.config.passkey == 42)
        #expect(device.config.security == .authenticated)
    }
}
