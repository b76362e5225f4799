// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@testable import ModbusDriver

@Suite("Bundled device models", .timeLimit(.minutes(1)))
struct DeviceModelTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("device-models").path

    /// Those of this protocol; other drivers test theirs.
    static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted().filter {
        folder in
        let model = try? String(contentsOfFile: "\(root)/\(folder)/model.yaml", encoding: .utf8)
        return model?.contains("\n  protocol: modbus\n") ?? true
    }

    private func instance(_ folder: String) throws -> DeviceInstance {
        let loaded = try ProfileLoader().load(["\(Self.root)/\(folder)"])
        #expect(loaded.warnings.isEmpty, "\(loaded.warnings)")
        #expect(loaded.profile.devices.count == 1)
        return try #require(loaded.profile.devices.first)
    }

    @Test("there are eight")
    func exist() {
        let all = [
            "carlo-gavazzi-em340", "eastron-sdm120", "eastron-sdm630", "generic-thermostat", "huawei-sun2000",
            "schneider-atv320", "siemens-logo8", "xy-md02",
        ]
        #expect(Self.folders == all)
    }

    @Test(
        "has a README whose table agrees with the model: every property, its table, offset and unit",
        arguments: folders
    )
    func documented(folder: String) throws {
        let instance = try instance(folder)
        let device = try #require(DriverBinding(ModbusDriver()).bind(instance).device)
        let text = try String(contentsOfFile: "\(Self.root)/\(folder)/README.md", encoding: .utf8)
        let rows = try #require(ReadmeTable(in: text), "one table with the columns `offset` and Property").rows
        #expect(rows.compactMap { $0["Property"] }.sorted() == device.visitors.map(\.property.name).sorted())
        for visitor in device.visitors {
            let name = visitor.property.name
            let row = try #require(rows.first { $0["Property"] == name }, "a row for '\(name)'")
            #expect(row["offset"] == "\(visitor.config.offset)", "\(name)")
            #expect(row["Table"] ?? visitor.config.register.plural == visitor.config.register.plural, "\(name)")
            #expect(row["Unit"].map { $0 == "–" ? "" : $0 } ?? unit(of: visitor) == unit(of: visitor), "\(name)")
        }
    }

    private func unit(of visitor: PropertyVisitor<ModbusVisitor>) -> String { visitor.property.model.unit ?? "" }

    @Test("loads without a word, is simulated, and every property can be read within its limits", arguments: folders)
    func simulated(folder: String) async throws {
        let instance = try instance(folder)
        let (bound, diagnostics) = DriverBinding(ModbusDriver()).bind(instance)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        let original = try #require(bound)
        try await withSimulator(of: [original]) { lines in
            let port = try #require(
                lines.first?.split(separator: ":").last?.split(separator: " ").first.flatMap { Int($0) }
            )
            let config = Make.tcp(port, unit: original.config.slaveID)
            let device = try Make.device(instance.id.name, config, instance.properties)
            let driver = ModbusDriver()
            let session = try await driver.open(device)
            let results = await session.read(device.visitors)
            for (visitor, result) in zip(device.visitors, results) {
                let raw = try result.get().value
                let value = try driver.transform(for: visitor.config).value(ofRaw: raw)
                    .converted(to: visitor.property.model.dataType)
                try visitor.property.model.range.check(value)
            }
            await session.close()
        }
    }
}

@Suite("Third-party configuration")
struct FixtureTests {
    private static let root = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]

    @Test("what the profile loader takes, the driver takes", .enabled(if: root != nil))
    func fixtures() throws {
        let root = try #require(Self.root)
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        var devices = 0
        for file in files.sorted() where file.hasSuffix(".json") {
            guard let loaded = try? ProfileLoader().load(["\(root)/\(file)"]) else { continue }
            let binding = DriverBinding(ModbusDriver())
            let errors = binding.bind(loaded.profile).diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(errors)")
            devices += loaded.profile.devices.count { binding.concerns($0) }
        }
        #expect(devices > 10)
    }
}
