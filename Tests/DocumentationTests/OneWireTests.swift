// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperTesting
import Testing

@testable import onewire_mapper

/// The README's mapper does what the README says.
@Suite struct OneWireTests {
    @Test("a thermometer's file is reported in degrees")
    func reading() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "w1-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let chip = folder.appending(path: "28-000005e2fdc3")
        try FileManager.default.createDirectory(at: chip, withIntermediateDirectories: true)
        try Data("21063\n".utf8).write(to: chip.appending(path: "temperature"))
        try await withMapper(OneWireDriver(directory: folder.path), profile: cellar) { edge in
            try await edge.expectReport("temperature", 21.063)
        }
    }

    private var cellar: DeviceProfile {
        DeviceProfile(devices: [
            DeviceInstance(
                id: DeviceID("cellar"),
                modelName: "ds18b20",
                protocolName: "onewire",
                protocolConfig: group(["serial": "28-000005e2fdc3"]),
                properties: [
                    Property(
                        model: DeviceModel.Property(name: "temperature", dataType: .float),
                        visitor: group(["file": "temperature"])
                    )
                ]
            )
        ])
    }

    private func group(_ texts: KeyValuePairs<String, String>) -> ConfigNode {
        ConfigNode(.mapping(texts.map { ConfigNode.Entry($0.key, ConfigNode(.string($0.value))) }))
    }
}
