// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("What EdgeCore does not deliver is said for files")
struct DeliveryTests {
    private static let drop = "KubeEdge 1.15 and later drops the whole device silently"

    private func warnings(_ old: String, _ new: String) throws -> [String] {
        let text = SampleProfile.yaml.replacing(old, with: new)
        #expect(text != SampleProfile.yaml)
        return try ProfileLoader().load(contents: [("p.yaml", Array(text.utf8))]).warnings.map(\.description)
    }

    private func warning(_ config: String) throws -> [String] {
        try warnings("register: HoldingRegister", config)
            .map { $0.replacing("p.yaml:37:11: warning: property 'speed' of device 'plant/pump': ", with: "") }
    }

    @Test(
        "Each kind, with what to write instead",
        arguments: [
            (
                #"enumeration: {"1": armpit, 2: it's}"#,
                #"for a group of keys in 'enumeration' \#(drop): write it as text: enumeration: '{"1": "armpit", "2": "it''s"}'"#
            ),
            (
                #"noValue: [1, 0x10, 1.5, true, null, "a\"\n"]"#,
                #"for a list in 'noValue' \#(drop): write it as text: noValue: '[1, 16, 1.5, true, null, "a\"\n"]'"#
            ),
            (
                "enumeration: {a: \(String(repeating: "long", count: 30))}",
                "for a group of keys in 'enumeration' \(drop): write it as JSON text in quotes"
            ),
            ("scale:", "for 'scale' without a value \(drop): leave the key out"),
            ("Data: 1", "for a key 'Data' \(drop): give the key another name"),
            (
                "deviceID: 16777217",
                #"'deviceID' is 16777217, KubeEdge 1.15 and later delivers 16777216: write it as text: deviceID: "16777217""#
            ),
            (
                "deviceID: -123456789",
                #"'deviceID' is -123456789, KubeEdge 1.15 and later delivers -123456792: write it as text: deviceID: "-123456789""#
            ),
            (
                "scale: 0.123456789",
                #"'scale' is 0.123456789, KubeEdge 1.15 and later delivers 0.12345679: write it as text: scale: "0.123456789""#
            ),
        ]
    )
    func kinds(config: String, complaint: String) throws {
        #expect(try warning(config) == [complaint])
    }

    @Test(
        "What arrives as it was written is not mentioned",
        arguments: [
            "offset: 16777216", "offset: -16777216", "offset: 1073741824", "offset: \"16777217\"", "scale: 0.1",
            "scale: 0.0625", "scale: 1e-3", "scale: 3000000000.0", "scale: \"0.123456789\"", "swap: true",
            "metadata: x",
            #"enumeration: '{"1": "armpit"}'"#,
        ]
    )
    func fine(config: String) throws {
        #expect(try warning(config) == [])
    }

    @Test("In every place that has configuration, one warning for each key")
    func places() throws {
        #expect(
            try warnings("ip: 127.0.0.1", "ip: [a]\n      unit: {b: 1}") == [
                "p.yaml:27:7: warning: device 'plant/pump': for a list in 'ip' \(Self.drop): write it as text: ip: '[\"a\"]'",
                "p.yaml:28:7: warning: device 'plant/pump': for a group of keys in 'unit' \(Self.drop): write it as text: unit: '{\"b\": 1}'",
            ]
        )
        #expect(
            try warnings(
                "  protocol: modbus\n  properties",
                "  protocol: modbus\n  protocolConfigData: {port: }\n  properties"
            ) == [
                "p.yaml:8:24: warning: model 'plant/pump-model': for 'port' without a value \(Self.drop): leave the key out"
            ]
        )
        #expect(
            try warnings("maximum: \"3000\"", "maximum: \"3000\"\n      visitors: {configData: {data: 1}}") == [
                "p.yaml:14:31: warning: property 'speed' of model 'plant/pump-model': for a key 'data' \(Self.drop): give the key another name"
            ]
        )
    }

    @Test("Older versions and objects that EdgeCore delivered are left alone")
    func elsewhere() throws {
        let old = SampleProfile.oldYAML.replacing("offset: 3", with: "offset: 16777217\n        data: {a: 1}")
        #expect(try ProfileLoader().load(contents: [("p.yaml", Array(old.utf8))]).warnings == [])
        let text = SampleProfile.yaml.replacing("register: HoldingRegister", with: "deviceID: 16777217")
        let objects = try ConfigReader().parse(Array(text.utf8), file: "p.yaml")
        #expect(ProfileLoader().examine(objects: objects).diagnostics == [])
    }
}
