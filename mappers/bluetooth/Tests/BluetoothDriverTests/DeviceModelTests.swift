// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@testable import BluetoothDriver

@Suite("Bundled Bluetooth device models", .timeLimit(.minutes(1)))
struct DeviceModelTests {
    private typealias BoundDevice = DriverBinding<BluetoothDriver>.BoundDevice

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("device-models").path

    static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted().filter {
        folder in
        let model = try? String(contentsOfFile: "\(root)/\(folder)/model.yaml", encoding: .utf8)
        return model?.contains("\n  protocol: bluetooth\n") ?? false
    }

    private func devices(_ folder: String) throws -> [BoundDevice] {
        let loaded = try ProfileLoader().load(["\(Self.root)/\(folder)"])
        #expect(loaded.warnings.isEmpty, "\(loaded.warnings)")
        let (devices, findings) = DriverBinding(BluetoothDriver()).bind(loaded.profile)
        #expect(findings.isEmpty, "\(findings)")
        #expect(devices.count == loaded.profile.devices.count && !devices.isEmpty)
        return devices
    }

    @Test("there are eight, each with a sample packet below")
    func exist() {
        #expect(
            Self.folders == [
                "bluetooth-blood-pressure", "bluetooth-environmental-sensing", "bluetooth-health-thermometer",
                "bluetooth-heart-rate", "presence-tag", "shelly-blu-ht", "ti-cc2650-sensortag", "xiaomi-lywsd03mmc",
            ]
        )
        #expect(Set(ModelSample.all.map(\.folder)) == Set(Self.folders))
    }

    @Test("loads without a word; each property has a row of the README with its unit", arguments: folders)
    func documented(folder: String) throws {
        let text = try String(contentsOfFile: "\(Self.root)/\(folder)/README.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(text.contains("\n## Sources\n") && text.contains("https://"))
        for device in try devices(folder) {
            for visitor in device.visitors {
                let row = try #require(rows.first { $0.hasPrefix("| `\(visitor.property.name)` |") })
                let unit = visitor.property.model.unit ?? ""
                #expect(row.contains("| \(unit.isEmpty ? "–" : unit) |"), "\(visitor.property.name)")
            }
        }
    }

    @Test("every model's properties are on a device of the folder", arguments: folders)
    func used(folder: String) throws {
        let loaded = try ProfileLoader().load(["\(Self.root)/\(folder)"])
        let used = Set(loaded.profile.devices.flatMap { $0.properties.map(\.name) })
        let model = try String(contentsOfFile: "\(Self.root)/\(folder)/model.yaml", encoding: .utf8)
        let names = model.split(separator: "\n").filter { $0.hasPrefix("    - name: ") }.map { $0.dropFirst(12) }
        #expect(Set(names.map(String.init)) == used)
    }

    @Test("the sample packets of the sources are decoded to the values that these give", arguments: ModelSample.all)
    func decodes(sample: ModelSample) throws {
        let device = try #require(try devices(sample.folder).first { $0.id.name == sample.device })
        let text = try String(contentsOfFile: "\(Self.root)/\(sample.folder)/README.md", encoding: .utf8)
        let digits = text.filter(\.isHexDigit)
        if sample.isInReadme { #expect(digits.contains(sample.hexadecimal.filter(\.isHexDigit))) }
        for (name, expected) in sample.values {
            let visitor = try #require(device.visitor(of: name), "\(name)")
            let raw = try sample.raw(of: visitor, device)
            let value = try BluetoothDriver().value(of: Sample(raw), for: visitor)
            #expect(value.text == expected, "\(name)")
            try visitor.property.model.range.check(value)
        }
    }

    @Test("what can be written is written as the sources say")
    func writes() throws {
        let device = try #require(try devices("ti-cc2650-sensortag").first)
        func octets(_ name: String, _ text: String) throws -> [UInt8] {
            let visitor = try #require(device.visitor(of: name))
            let value = try PropertyValue(parsing: text, as: visitor.property.model.dataType)
            let raw = try BluetoothDriver().rawValue(of: value, for: visitor)
            return try ValueCodec(of: visitor.config, for: visitor.property.model).octets(of: raw)
        }
        for name in ["temperature-enable", "humidity-enable", "pressure-enable"] {
            #expect(try octets(name, "ON") == [1])
            #expect(try octets(name, "OFF") == [0])
        }
        #expect(try octets("temperature-period", "300") == [30])
        #expect(throws: ValueError.self) { try octets("temperature-enable", "on") }
    }
}
