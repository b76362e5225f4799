// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@testable import BluetoothDriver

@Suite("Configuration of Bluetooth devices")
struct ConfigurationTests {
    private static let mac: ConfigNode = "BC:6A:29:AE:CC:96"

    @Test("a device is found by its address and the rest has defaults")
    func defaults() throws {
        let outcome = ConfigDecoder.decode(BluetoothConnection.self, from: ["macAddress": Self.mac], subject: "it")
        #expect(outcome.diagnostics == [])
        let config = try #require(outcome.value)
        #expect(config == BluetoothConnection(macAddress: try #require(BluetoothAddress("BC:6A:29:AE:CC:96"))))
        #expect(config.adapter == "hci0" && config.mode == .connection && config.mtu == 247)
        #expect(config.connectTimeout == 10_000 && config.responseTimeout == 5000 && config.presenceTimeout == 60_000)
    }

    @Test("all keys of a device")
    func connection() throws {
        let node: ConfigNode = [
            "macAddress": "bc-6a-29-ae-cc-96", "addressType": "random", "name": "Tag", "service": "180F",
            "adapter": "hci1", "connectTimeout": "2000", "responseTimeout": 30_000, "mode": "connection",
            "presenceTimeout": 5000, "security": "authenticated", "passkey": "000123", "mtu": 517,
            "bindKey": "00112233445566778899AABBCCDDEEFF",
        ]
        #expect(VisitorBench.findings(node) == [])
        let config = try #require(ConfigDecoder.decode(BluetoothConnection.self, from: node, subject: "it").value)
        #expect(config.addressType == .random && config.name == "Tag" && config.service == BluetoothUUID(0x180F))
        #expect(config.passkey == 123 && config.security == .authenticated && config.connectTimeout == 2000)
        #expect(config.bindKey?.bytes.first == 0 && config.bindKey?.bytes.last == 0xFF)
        #expect(config.bindKey.map { "\($0)" } == "a bind key")
    }

    @Test(
        "a device may be found by its name or service alone",
        arguments: [["name": "Tag"], ["service": "181a", "macAddress": ""]]
    )
    func discovery(_ node: ConfigNode) { #expect(VisitorBench.findings(node) == []) }

    static let connections: [(keys: ConfigNode, message: String)] = [
        (
            ["adapter": "hci0"],
            "error: device 'tag': none of 'macAddress', 'name', 'service' is given: one of them is needed"
        ),
        (
            ["macAddress": "00:00:00:00:00:00"],
            "error: device 'tag': 'macAddress' is 00:00:00:00:00:00, which no device has"
        ),
        (
            ["macAddress": "BC:6A:29"],
            "error: device 'tag': 'macAddress' is 'BC:6A:29', needed is an address such as BC:6A:29:AE:CC:96"
        ),
        (
            ["macAddress": 112_233_445_566],
            "error: device 'tag': 'macAddress' is a whole number, needed is text in quotes: an address such as BC:6A:29:AE:CC:96"
        ),
        (
            ["macAddress": true],
            "error: device 'tag': 'macAddress' is true or false, needed is text in quotes: an address such as BC:6A:29:AE:CC:96"
        ),
        (["macAddress": [1]], "error: device 'tag': 'macAddress' must be text, not a list"),
        (
            ["name": "Tag", "service": "18"],
            "error: device 'tag': 'service' is '18', needed is a UUID of 4, 8 or 32 hexadecimal digits, such as 2a19"
        ),
        (
            ["name": "Tag", "addressType": "Public"],
            "error: device 'tag': 'addressType' is 'Public', did you mean 'public'? (public, random are allowed)"
        ),
        (
            ["name": "Tag", "addressType": "public"],
            "warning: device 'tag': 'addressType' has no effect without 'macAddress'"
        ),
        (
            ["macAddress": "5C:6A:29:AE:CC:96", "addressType": "random"],
            "warning: device 'tag': 'macAddress' 5C:6A:29:AE:CC:96 is a random address that the device changes every few minutes: name the device by 'name' or 'service'"
        ),
        (
            ["name": "Tag", "adapter": "usb0"],
            "error: device 'tag': 'adapter' is 'usb0', needed is the name of a radio such as hci0, its address, or the path of a "
                + "simulator's socket"
        ),
        (
            ["name": "Tag", "adapter": "hci01"],
            "error: device 'tag': 'adapter' is 'hci01', needed is the name of a radio such as hci0, its address, or the path of a "
                + "simulator's socket"
        ),
        (["name": "T\0ag"], "error: device 'tag': 'name' has a zero byte, at which the name of a device ends"),
        (
            ["name": "Tag", "adapter": ConfigNode(.string("/" + String(repeating: "a", count: 107)))],
            "error: device 'tag': 'adapter' is a path of 108 bytes, allowed for a socket is 1…107"
        ),
        (["name": "Tag", "connectTimeout": 0], "error: device 'tag': 'connectTimeout' is 0, allowed is 100…120000 ms"),
        (
            ["name": "Tag", "responseTimeout": 30_001],
            "error: device 'tag': 'responseTimeout' is 30001, allowed is 1…30000 ms"
        ),
        (
            ["name": "Tag", "presenceTimeout": 10],
            "error: device 'tag': 'presenceTimeout' is 10, allowed is 1000…86400000 ms"
        ),
        (["name": "Tag", "mtu": 22], "error: device 'tag': 'mtu' is 22, allowed is 23…517"),
        (["name": "Tag", "mtu": 518], "error: device 'tag': 'mtu' is 518, allowed is 23…517"),
        (["name": "Tag", "passkey": 1_000_000], "error: device 'tag': 'passkey' is 1000000, allowed is 0…999999"),
        (
            ["name": "Tag", "passkey": 1, "security": "none"],
            "error: device 'tag': 'passkey' stands beside 'security' none, which never pairs: keep one or the other"
        ),
        (
            ["name": "Tag", "security": "authenticated"],
            "warning: device 'tag': 'security' is authenticated without a 'passkey': only a key that is there already serves"
        ),
        (
            ["name": "Tag", "mode": "advertisement", "security": "encrypted"],
            "warning: device 'tag': 'security' has no effect, as 'mode' is advertisement and the device is never connected"
        ),
        (
            ["name": "Tag", "bindKey": "00112233445566778899aabb"],
            "error: device 'tag': 'bindKey' has 24 characters, needed is 32 hexadecimal digits (16 bytes)"
        ),
    ]

    @Test("broken and doubtful devices", arguments: connections)
    func connection(keys: ConfigNode, message: String) { #expect(VisitorBench.findings(keys) == [message]) }

    // MARK: Files

    private func complaints(_ visitor: String) throws -> [String] {
        let text = """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata: {name: tag-model}
            spec: {protocol: bluetooth, properties: [{name: p, type: DOUBLE, accessMode: ReadOnly}]}
            ---
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata: {name: tag}
            spec:
              deviceModelRef: {name: tag-model}
              protocol: {protocolName: bluetooth, configData: {macAddress: "BC:6A:29:AE:CC:96"}}
              properties:
              - name: p
                visitors:
                  protocolName: bluetooth
                  configData:
            \(visitor)
            """
        let loaded = try ProfileLoader().load(contents: [("tag.yaml", Array(text.utf8))])
        return DriverBinding(VisitorBench()).bind(loaded.profile).diagnostics.map(\.description)
    }

    @Test("the profile that KubeEdge writes has base64, and converters without anything in them")
    func deviceProfile() throws {
        let text = """
            {
              "deviceInstances": [{
                "id": "tag", "name": "tag", "protocol": "bluetooth-tag", "model": "tag-model",
                "twins": [{"propertyName": "p", "desired": {"value": "OFF"}}],
                "propertyVisitors": [{
                  "name": "p", "propertyName": "p", "modelName": "tag-model", "protocol": "bluetooth",
                  "visitorConfig": {
                    "characteristicUUID": "f000aa0204514000b000000000000000",
                    "dataWrite": {"ON": "AQ==", "OFF": "AA=="},
                    "dataConverter": {}
                  }
                }]
              }],
              "deviceModels": [{
                "name": "tag-model",
                "properties": [{"name": "p", "dataType": "string", "accessMode": "ReadWrite", "defaultValue": "ON"}]
              }],
              "protocols": [{
                "name": "bluetooth-tag", "protocol": "bluetooth",
                "protocolConfig": {"macAddress": "BC:6A:29:AE:CC:96"}, "protocolCommonConfig": null
              }]
            }
            """
        let loaded = try ProfileLoader().load(contents: [("deviceProfile.json", Array(text.utf8))])
        let (devices, findings) = DriverBinding(VisitorBench()).bind(loaded.profile)
        let visitor = try #require(devices.first?.visitors.first, "\(findings)")
        #expect(findings == [])
        #expect(visitor.config.dataWrite?.octets == ["ON": [1], "OFF": [0]])
        #expect(visitor.config.dataConverter == nil)
    }

    @Test("complaints point at the key")
    func places() throws {
        let text = """
                    characteristicUUID: 2a6e
                    dataConverter:
                      startIndex: 1
                      endIndex: 0
                      orderOfOperations:
                      - {operationType: Add, operationValue: 1}
                      - operationType: Divide
                        operationValue: 0
            """
        let found = try complaints(text)
        #expect(
            found == [
                "tag.yaml:24:29: error: property 'p' of device 'tag': 'operationValue' is 0, Divide needs another number"
            ]
        )
        let unknown = try complaints(text.replacing("Divide", with: "Dvide"))
        #expect(
            unknown == [
                "tag.yaml:23:28: error: property 'p' of device 'tag': 'operationType' is 'Dvide', needed is one of Add, Subtract, Multiply, Divide"
            ]
        )
        let number = try complaints("        characteristicUUID: 0x2a6e")
        #expect(number.count == 1 && number.first?.hasPrefix("tag.yaml:17:29: error: ") == true, "\(number)")
    }
}
