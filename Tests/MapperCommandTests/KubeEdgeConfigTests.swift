// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperMQTT
import Testing

@testable import MapperCommand

/// The folder with KubeEdge's own files, which are not part of this repository.
private let fixtures = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]

@Suite("Configuration files of KubeEdge's mappers", .enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set"))
struct KubeEdgeConfigTests {
    @Test(
        "They are taken as they are, and what has no effect is said",
        arguments: [
            ("examples-764305f-bluetooth-cc2650-demo-mapper-config.yaml", 6),
            ("examples-764305f-led-raspberrypi-mapper-config.yaml", 2),
            ("mappers-go-v1.13.0-ble-config.yaml", 0),
            ("mappers-go-v1.13.0-modbus-config.yaml", 0),
            ("mappers-go-v1.13.0-virtualdevice-sdk-config.yaml", 1),
            ("mappers-go-v1.6.0-opcua-config.yaml", 1),
            ("mappers-go-v1.8.0-onvif-config.yaml", 0),
            ("v1.3.1-bluetooth-e2e-mapper-config.yaml", 5),
            ("v1.3.1-bluetooth-mapper-config.yaml", 6),
            ("v1.5.0-modbus-go-config.yaml", 0),
        ]
    )
    func accepted(name: String, warnings: Int) throws {
        let folder = try #require(fixtures)
        let reader = SettingsReader(program: .test, defaultFile: "", environment: [:])
        let outcome = reader.read(SettingsOverrides(configFile: "\(folder)/kubeedge/\(name)"))
        let settings = try #require(outcome.settings, "\(outcome.diagnostics)")
        #expect(outcome.diagnostics.count == warnings, "\(outcome.diagnostics)")
        #expect(settings.edge.mqtt?.server.description == "tcp://127.0.0.1:1883")
    }

    @Test("One that names certificates that are not there is refused, key by key")
    func refused() throws {
        let folder = try #require(fixtures)
        let reader = SettingsReader(program: .test, defaultFile: "", environment: [:])
        let file = "\(folder)/kubeedge/mappers-go-v1.13.0-sdk-config_test.yaml"
        let outcome = reader.read(SettingsOverrides(configFile: file))
        #expect(outcome.settings == nil)
        let text = outcome.diagnostics.sortedByPlace.map { $0.description.replacingOccurrences(of: file, with: "f") }
        #expect(text.count == 4)
        #expect(
            text[0].hasPrefix("f:3:3: warning: configuration: unknown key 'servicename', did you mean 'servername'?")
        )
        #expect(text[1].hasPrefix("f:6:3: error: configuration: 'certification' "))
        #expect(text[2].hasPrefix("f:7:3: error: configuration: 'privatekey' "))
        #expect(text[3].hasPrefix("f:8:1: warning: configuration: 'http' has no effect"))
    }
}
