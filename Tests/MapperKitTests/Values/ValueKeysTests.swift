// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("The keys about values")
struct ValueKeysTests {
    private func decode(_ node: ConfigNode) -> ConfigDecoder.Outcome<ValueKeys> {
        ConfigDecoder.decode(ValueKeys.self, from: node, subject: "p")
    }

    @Test("Numbers may be text, raw numbers as in manuals")
    func decoding() throws {
        let outcome = decode([
            "scale": "0.1", "valueOffset": 502.0, "decimals": "1", "noValue": ["0x8000", 65535, "-1", "1.5"],
            "enumeration": ["0": "off", "0x0A": 10, "-1": true], "deadband": "0.5",
        ])
        let keys = try #require(outcome.value, "\(outcome.diagnostics)")
        #expect(keys.scale == 0.1 && keys.valueOffset == 502 && keys.decimals == 1 && keys.deadband == 0.5)
        #expect(keys.noValue.markers == [.int(32768), .int(65535), .int(-1), .double(1.5)])
        #expect(keys.enumeration?.texts == [0: "off", 10: "10", -1: "true"])
        let single = try #require(decode(["noValue": "0xFFFFFFFFFFFFFFFF", "scale": 0]).value)
        #expect(single.noValue.markers == [.string("18446744073709551615")])
        #expect(single.scale == 1)
    }

    @Test(
        "What is none is said",
        arguments: [
            ("noValue", [1, "none"], "'noValue' holds 'none', allowed are numbers such as 32768 and '0x8000'"),
            ("enumeration", ["off": "0"], "'enumeration' has the key 'off', allowed are whole numbers"),
            ("enumeration", ["1": "a", "0x1": "b"], "'enumeration' has the raw number 1 twice"),
            ("enumeration", ["a"], "'enumeration' must be a group of keys, not a list"),
        ] as [(String, ConfigNode, String)]
    )
    func broken(key: String, value: ConfigNode, message: String) {
        let node = ConfigNode(.mapping([ConfigNode.Entry(key, value)]))
        #expect(decode(node).diagnostics.map(\.description) == ["error: p: \(message)"])
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var keys: ValueKeys
        var type: DataType
        var raw = RawForm(.int, range: ValueRange(minimum: .int(0), maximum: .int(65535)), name: "uint16")
        var messages: [String]
        var testDescription: String { messages.joined(separator: "; ") }
    }

    private static let text = RawForm(.string, name: "string")
    private static let real = RawForm(.double, name: "float32")
    private static let signed = RawForm(
        .int,
        range: ValueRange(minimum: .int(-32768), maximum: .int(32767)),
        signedBits: 16,
        name: "int16"
    )

    static let cases = [
        Case(
            keys: ValueKeys(scale: 2),
            type: .string,
            raw: text,
            messages: ["warning: 'scale' has no effect on a value read as string"]
        ),
        Case(keys: ValueKeys(scale: .infinity), type: .int, messages: ["error: 'scale' must be a finite number"]),
        Case(
            keys: ValueKeys(decimals: 16),
            type: .float,
            messages: ["error: 'decimals' is 16, allowed is 0…15"]
        ),
        Case(
            keys: ValueKeys(decimals: 1),
            type: .int,
            messages: ["error: 'decimals' is for numbers with a fraction, but the model says int"]
        ),
        Case(
            keys: ValueKeys(decimals: 1),
            type: .string,
            raw: text,
            messages: ["error: 'decimals' is for numbers, this is read as string"]
        ),
        Case(
            keys: ValueKeys(deadband: 1),
            type: .string,
            messages: ["error: 'deadband' is for numbers, but the model says string"]
        ),
        Case(
            keys: ValueKeys(deadband: -0.5),
            type: .float,
            messages: ["error: 'deadband' is -0.5, allowed is 0 and more, in the property's own unit"]
        ),
        Case(
            keys: ValueKeys(enumeration: ValueEnumeration([:])),
            type: .string,
            messages: ["error: 'enumeration' is empty, needed is at least one raw number with its text"]
        ),
        Case(
            keys: ValueKeys(enumeration: ValueEnumeration([0: "off", 1: "", 2: "off"])),
            type: .string,
            messages: [
                "error: 'enumeration' has an empty text for 1",
                "error: 'enumeration' has the text 'off' for 0 and for 2: which of them would be written is open",
            ]
        ),
        Case(
            keys: ValueKeys(enumeration: ValueEnumeration([0: "x", 1: "0.50"])),
            type: .double,
            messages: [
                "error: 'enumeration' says 'x' for 0, which is no double, as the model says",
                "error: 'enumeration' says '0.50' for 1, write it as '0.5'",
            ]
        ),
        Case(
            keys: ValueKeys(enumeration: ValueEnumeration([0: "x"])),
            type: .bytes,
            messages: ["error: 'enumeration' gives texts, numbers or truth values, but the model says bytes"]
        ),
        Case(
            keys: ValueKeys(enumeration: ValueEnumeration([0: "x"])),
            type: .string,
            raw: real,
            messages: ["error: 'enumeration' is for raw whole numbers, this is read as float32"]
        ),
        Case(
            keys: ValueKeys(
                scale: 2,
                enumeration: ValueEnumeration([65536: "x", 1: "y"]),
                noValue: NoValue([.int(1)])
            ),
            type: .string,
            messages: [
                "error: 'enumeration' has the raw number 65536, which uint16 never is (0…65535)",
                "error: 'noValue' has 1, which 'enumeration' gives a text",
                "error: 'scale' stands beside 'enumeration', which leaves nothing to compute: keep one or the other",
            ]
        ),
        Case(
            keys: ValueKeys(noValue: NoValue([.int(-1), .int(65535), .int(65536), .string("18446744073709551615")])),
            type: .int,
            messages: [
                "warning: 'noValue' has -1, which uint16 never is (0…65535)",
                "warning: 'noValue' has 65536, which uint16 never is (0…65535)",
                "warning: 'noValue' has 18446744073709551615, which uint16 never is (0…65535)",
            ]
        ),
        Case(keys: ValueKeys(noValue: NoValue([.int(0x8000), .int(-1)])), type: .int, raw: signed, messages: []),
        Case(
            keys: ValueKeys(noValue: NoValue([.int(1)])),
            type: .string,
            raw: text,
            messages: ["error: 'noValue' is for raw numbers, this is read as string"]
        ),
    ]

    @Test("What cannot be is found", arguments: cases)
    func findings(row: Case) {
        let property = Property(model: DeviceModel.Property(name: "p", dataType: row.type), visitor: [:])
        let check = ValueKeysCheck(row.keys, of: property, device: DeviceID("d"), raw: row.raw)
        let found = check.findings.map {
            $0.description.replacing("property 'p' of device 'd': ", with: "")
        }
        #expect(found == row.messages)
    }
}
