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
        #expect(config.bindKey.map { "\($0)" } == "a key of 16 bytes")
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
            "error: device 'tag': 'macAddress' is a number, needed is text in quotes: an address such as BC:6A:29:AE:CC:96"
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
            "error: device 'tag': 'adapter' is 'usb0', needed is the name of a radio such as hci0"
        ),
        (
            ["name": "Tag", "adapter": "hci01"],
            "error: device 'tag': 'adapter' is 'hci01', needed is the name of a radio such as hci0"
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
            "error: device 'tag': 'bindKey' is '00112233445566778899aabb', needed is 32 hexadecimal digits (16 bytes)"
        ),
    ]

    @Test("broken and doubtful devices", arguments: connections)
    func connection(keys: ConfigNode, message: String) { #expect(VisitorBench.findings(keys) == [message]) }

    // MARK: Visitors

    @Test("all keys of a visitor")
    func visitor() throws {
        let node: ConfigNode = [
            "characteristicUUID": "F000AA01-0451-4000-B000-000000000000", "serviceUUID": "f000aa00", "instance": 2,
            "notify": "on", "acknowledge": "off", "dataType": "uint16", "byteOrder": "big", "startByte": 2, "length": 2,
            "scale": 0.1, "deadband": 0.5, "source": "characteristic",
        ]
        #expect(VisitorBench.findings(VisitorBench.property(.float, node)) == [])
        let visitor = try #require(ConfigDecoder.decode(BluetoothVisitor.self, from: node, subject: "it").value)
        #expect(visitor.characteristicUUID?.description == "f000aa01-0451-4000-b000-000000000000")
        #expect(visitor.instance == 2 && visitor.notify == .on && visitor.acknowledge == .off)
        #expect(visitor.values.deadband == 0.5 && visitor.transform.scale == 0.1)
    }

    static let advertised: [ConfigNode] = [
        ["source": "rssi"], ["source": "battery"], ["source": "lastSeen"],
        ["source": "manufacturerData", "companyID": "0x004C", "dataType": "uint16", "startByte": 2],
        ["source": "manufacturerData", "companyID": 76], ["source": "beacon", "field": "temperature"],
        ["source": "serviceData", "serviceDataUUID": "fcd2", "dataConverter": ["startIndex": 1, "endIndex": 0]],
    ]

    @Test("values that need no connection", arguments: advertised)
    func advertisement(_ visitor: ConfigNode) {
        #expect(VisitorBench.findings(VisitorBench.property(.int, visitor), mode: "advertisement") == [])
    }

    static let visitors: [(keys: ConfigNode, type: DataType, message: String)] = [
        (
            [:], .int,
            "error: the key 'characteristicUUID' is missing: the UUID of the characteristic to read, such as 2a19"
        ),
        (
            ["characteristicUUID": "2a1g"], .int,
            "error: 'characteristicUUID' is '2a1g', needed is a UUID of 4, 8 or 32 hexadecimal digits, such as 2a19"
        ),
        (
            ["characteristicUUID": 1800], .int,
            "error: 'characteristicUUID' is a number, needed is text in quotes: a UUID of 4, 8 or 32 hexadecimal digits, such as 2a19"
        ),
        (["characteristicUUID": "2a19", "instance": 0], .int, "error: 'instance' is 0, allowed is 1…255"),
        (
            ["characteristicUUID": "2a19", "notify": "always"], .int,
            "error: 'notify' is 'always' (auto, on, off are allowed)"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "float"], .float,
            "error: 'dataType' is 'float', needed is float32 for IEEE 754, float11073 for Bluetooth's FLOAT"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "bit"], .int,
            "error: 'dataType' bit needs the key 'bit', 0 the least significant"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "bitfield", "bit": 1], .int,
            "error: 'dataType' bitfield needs the key 'bitCount', 1…64"
        ),
        (
            ["characteristicUUID": "2a19", "bitCount": 2], .int,
            "error: 'bitCount' needs the key 'bit', the lowest of the bits"
        ),
        (["characteristicUUID": "2a19", "bit": 4096], .int, "error: 'bit' is 4096, allowed is 0…4095"),
        (
            ["characteristicUUID": "2a19", "bit": 1, "bitCount": 65], .int,
            "error: 'bitCount' is 65, allowed from bit 1 on is 1…64"
        ),
        (
            ["characteristicUUID": "2a19", "bit": 1, "dataType": "int8"], .int,
            "error: 'dataType' int8 does not go with 'bit'; bit, bitfield or none does"
        ),
        (
            ["characteristicUUID": "2a19", "bit": 8, "length": 1], .int,
            "error: 'length' is 1, which is too short for bit 8"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "int16", "length": 3], .int,
            "error: 'length' is 3, allowed for an int16 is 2"
        ),
        (["characteristicUUID": "2a19", "length": 9], .int, "error: 'length' is 9, allowed for a whole number is 1…8"),
        (["characteristicUUID": "2a19", "startByte": 512], .int, "error: 'startByte' is 512, allowed is 0…511"),
        (
            ["characteristicUUID": "2a19", "startByte": 511, "dataType": "int16"], .int,
            "error: 'startByte' 511 and 2 bytes go beyond the 512 bytes that a value can have"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "bytes"], .int,
            "error: the value is read as bytes, but the model says int"
        ),
        (
            ["characteristicUUID": "2a19", "dataType": "hex"], .bytes,
            "error: the value is read as hex, but the model says bytes"
        ),
        (
            ["characteristicUUID": "2a19", "dataConverter": ["endIndex": 1], "byteOrder": "big"], .int,
            "error: 'byteOrder' stands beside 'dataConverter', whose indexes say which bytes in which order: keep one or the other"
        ),
        (
            ["characteristicUUID": "2a19", "dataConverter": ["endIndex": 1], "dataType": "int8"], .int,
            "error: 'dataType' is int8 for the bytes of 'dataConverter', allowed is int16 or uint16"
        ),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["1": [256]]], .int,
            "error: '1[0]' is '256', allowed is 0…255"
        ),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["1": "01"]], .int,
            "error: '1' is '01', needed is a list of bytes such as [1, 255], or base64"
        ),
        (["characteristicUUID": "2a19", "dataWrite": ["1": []]], .int, "error: '1' has 0 bytes, allowed are 1…512"),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["1": [1]], "scale": 2], .int,
            "error: 'scale' stands beside 'dataWrite', which says what is written: keep one or the other"
        ),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["Red": [1]]], .int,
            "warning: 'dataWrite' says 'Red', which is no int, as the model says: it is never written"
        ),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["True": [1]]], .boolean,
            "warning: 'dataWrite' says 'True', which no desired value is: write it as 'true'"
        ),
        (
            ["source": "rssi", "dataType": "int8"], .int,
            "error: 'dataType' means nothing for 'source' rssi: keep one or the other"
        ),
        (
            ["characteristicUUID": "2a19", "dataWrite": ["B": [1], "A": [1]]], .string,
            "warning: 'dataWrite' has the same bytes for 'A' and 'B': 'A' is what is read"
        ),
        (["source": "rssi"], .bytes, "error: 'source' rssi gives a number, but the model says bytes"),
        (
            ["source": "beacon"], .int,
            "error: the key 'field' is missing: the beacon's value that is meant, such as temperature"
        ),
        (
            ["source": "manufacturerData", "companyID": "0x1004c"], .int,
            "error: 'companyID' is '0x1004c', needed is a company's number such as 0x004c"
        ),
        (["source": "lastSeen"], .int, "warning: the model says ReadWrite, but 'source' lastSeen cannot be written"),
        (["characteristicUUID": "2a19", "scal": 2], .int, "warning: unknown key 'scal'"),
    ]

    @Test("broken and doubtful visitors", arguments: visitors)
    func visitor(keys: ConfigNode, type: DataType, message: String) {
        // Only a characteristic is written without doubt.
        let isWritten = keys["source"] == nil || message.contains("ReadWrite")
        let property = VisitorBench.property(type, keys, access: isWritten ? .readWrite : .readOnly)
        let findings = VisitorBench.findings(property)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix(message) == true, "\(findings)")
    }

    @Test("a characteristic needs a connection")
    func mode() {
        let property = VisitorBench.property(.int, ["characteristicUUID": "2a19"])
        #expect(
            VisitorBench.findings(property, mode: "advertisement") == [
                "error: a characteristic is read over a connection, but the device's 'mode' is advertisement: name another 'source'"
            ]
        )
    }

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
