// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Configuration of Bluetooth properties")
struct VisitorTests {
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
            "error: 'characteristicUUID' is a whole number, needed is text in quotes: a UUID of 4, 8 or 32 hexadecimal digits, such as 2a19"
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

    @Test("fields that no beacon tells, and words for a number, are found before any beacon is heard")
    func beaconFields() {
        func findings(_ field: String, _ type: DataType = .float) -> [String] {
            let visitor: ConfigNode = ["source": "beacon", "field": ConfigNode(.string(field))]
            return VisitorBench.findings(VisitorBench.property(type, visitor), mode: "advertisement")
        }
        #expect(findings("temperature2") == [])
        #expect(
            findings("temprature") == [
                "error: 'field' is 'temprature', which no beacon tells, did you mean 'temperature'?"
            ]
        )
        #expect(
            findings("temperature1").first?.hasPrefix("error: 'field' is 'temperature1', which no beacon tells") == true
        )
        #expect(findings("button", .string) == [])
        #expect(findings("button", .int) == ["error: 'field' button is text, but the model says int"])
    }

    @Test("broken and doubtful visitors", arguments: visitors)
    func visitor(keys: ConfigNode, type: DataType, message: String) {
        // Only a characteristic is written without doubt.
        let isWritten = keys["source"] == nil || message.contains("ReadWrite")
        let property = VisitorBench.property(type, keys, access: isWritten ? .readWrite : .readOnly)
        let findings = VisitorBench.findings(property)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix(message) == true, "\(findings)")
    }

    @Test("a marker for no value needs to know how long negative numbers are")
    func markers() {
        func findings(_ keys: [(String, ConfigNode)]) -> [String] {
            let all = [("characteristicUUID", "2a6e"), ("noValue", [0x8000, 9999, -1])] + keys
            let visitor = ConfigNode(.mapping(all.map { ConfigNode.Entry($0.0, $0.1) }))
            return VisitorBench.findings(VisitorBench.property(.int, visitor, minimum: -40))
        }
        #expect(
            findings([]) == [
                "warning: 'noValue' has 32768, which may be read as a negative number: say 'dataType'"
            ]
        )
        #expect(findings([("dataType", "int16")]) == [])
        #expect(findings([("length", 2)]) == [])
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
}
