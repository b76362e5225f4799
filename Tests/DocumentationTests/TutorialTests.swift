// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTemplate
import Testing

/// The tutorial goes on from what `mapperctl new Thermostat` makes.
@Suite struct TutorialTests {
    private static let folder = "Tests/DocumentationTests/Tutorial"

    @Test(
        "what the author leaves alone is as it was made",
        arguments: ["Sources/thermostat-mapper/ThermostatMapper.swift", "devices/model.yaml"]
    )
    func unchanged(_ path: String) throws {
        let made = try #require(try Self.made().first { $0.path == path }).text
        let finished = try Repository.text(of: "\(Self.folder)/\(path)")
        let header = "// MapperKit, device mappers for KubeEdge.\n// SPDX-License-Identifier: Apache-2.0\n\n"
        #expect(finished.replacing(header, with: "") == made)
    }

    @Test(
        "what the author goes on with is there",
        arguments: [
            "Sources/ThermostatDriver/ThermostatDriver.swift", "devices/device.yaml",
            "Tests/ThermostatDriverTests/ThermostatDriverTests.swift", "config.yaml", "Dockerfile", "deployment.yaml",
            "deployment-dmi.yaml",
        ]
    )
    func made(_ path: String) throws {
        #expect(try Self.made().contains { $0.path == path })
    }

    private static func made() throws -> [TemplateFile] {
        let name = try MapperName("Thermostat")
        return NewMapper(name: name, protocolName: ProtocolName(of: name), origin: .folder("../mapperkit")).files
    }
}
