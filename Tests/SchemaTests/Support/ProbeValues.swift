// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Values that a key may be given: of every kind, around every limit that anybody could think of, and around its own.
enum ProbeValues {
    /// Values for every key, whatever it is.
    static let common: [ConfigNode] = kinds + numbers.map { ConfigNode(.int($0)) } + texts + parts

    /// A few of each kind, for keys whose meaning depends on the whole document.
    static let few: [ConfigNode] = kinds + fewScalars + fewParts

    private static let fewScalars: [ConfigNode] = [
        -2, -1, 0, 1, 5, 2_000_000_000, "", "x", "0", "5", "-5", "5.5", "true", "INT", "Int", "STREAM", "ReadOnly",
        "readonly", "modbus", "a b", "devices.kubeedge.io/v1alpha1", "{}", "[]",
    ]

    private static let fewParts: [ConfigNode] = [
        [], [1], ["x"], [ConfigNode(.null)], [[:]], [:], ["a": 1], ["a": "x"], ["a": [1]], ["a": ConfigNode(.null)],
    ]

    private static let kinds: [ConfigNode] = [
        ConfigNode(.null), true, false, 0.5, -0.5, 2.0, 1.25, ConfigNode(.double(1e3)), ConfigNode(.double(1e300)),
    ]

    /// The neighbours of powers of two and of ten, and some numbers below 0.
    private static let numbers: [Int64] = {
        let bits: [Int] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 31, 32, 53]
        let tens: [Int64] = [10, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000, 1_000_000_000_000]
        let others: [Int64] = [20, 30, 50, 90, 125, 200, 500, 2000, 5000]
        var all: Set<Int64> = [-65_536, -128, -100, -2, -1, 0, .max, .min]
        for number in bits.map({ Int64(1) << $0 }) + tens {
            all.formUnion([number - 1, number, number + 1])
        }
        return all.union(others).sorted()
    }()

    private static let texts: [ConfigNode] = [
        "", " ", "x", "0", "5", "-5", "+5", "5.5", ".5", "5.", "1e3", "0x10", "0x1ffff", "true", "false", "True", "on",
        "none", "auto", "null", "2a19", "0x2A19", "2a1", "f000aa01-0451-4000-b000-000000000000", "2a19-", "180f2a19",
        "BC:6A:29:AE:CC:96", "bc-6a-29-ae-cc-96", "BC6A29AECC96", "BC:6A:29:AE:CC", "00:00:00:00:00:00",
        "FF:FF:FF:FF:FF:FF", "hci0", "hci1", "hci65535", "hci65536", "hci00", "hci", "/tmp/ble.sock", "/", "/a/", "a/b",
        "unix:///a.sock", "00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff", "00112233",
        "tcp://127.0.0.1:1883", "ssl://broker:8883", "MQTTS://broker", "broker", "broker:1", "broker:0", "[::1]:1883",
        "::1", "http://broker", "a@b", "broker:x", "tcp://", "tcp://broker/", "10ms", "1.5s", "10m", "1h", "-1s", "1d",
        "HoldingRegister 1", "HoldingRegister", "temperature", "temperature2", "temperature8", "temperature9",
        "temperature1", "temperatur", "uuid", "uuid2", "AQ==", "AQ", "[]", "{}", "[1]", "{\"a\": 1}", "{\"1\": \"x\"}",
        "[\"HoldingRegister 1\"]", "{\"ON\": [1]}", "INT", "Int", "integer", "bool", "STREAM", "ReadOnly", "readonly",
        "devices.kubeedge.io/v1beta1", "Device", "DeviceModel", "a b", "ä", "sfloat", "SFLOAT", "boolean",
    ].map { ConfigNode(.string($0)) }

    private static let parts: [ConfigNode] = [
        [], [1], [-1], [255], [256], ["x"], ["1"], ["0x8000"], [ConfigNode(.null)], [[]], [[:]],
        ["HoldingRegister 1"], ["HoldingRegister 100-119"], ["HoldingRegister"], ["HoldingRegister 1-2-3"],
        ["CoilRegister 0", "InputRegister 5-6"],
        [:], ["a": 1], ["a": "x"], ["a": [:]], ["a": []], ["a": [1, 255]], ["a": [256]], ["a": ["1"]], ["a": "AQ=="],
        ["a": "AQ"], ["1": "x"], ["0x1F": "x"], ["-1": "x"], ["1.5": "x"], ["1": 5], ["1": ConfigNode(.null)],
        ["1": []], ["1": "x", "2": "y"],
    ]

    /// Values around the limits and words that a schema has for a key.
    static func own(_ schema: ConfigNode) -> [ConfigNode] {
        let all = [schema] + (schema["anyOf"]?.elements ?? []) + (schema["allOf"]?.elements ?? [])
        return all.flatMap { part in
            let excluded = part["not"] ?? [:]
            let limits = [part["minimum"], part["maximum"], excluded["minimum"], excluded["maximum"]].compactMap(\.self)
            return (part["enum"]?.elements ?? []) + limits.flatMap(neighbours)
                + (part["enum"]?.elements ?? []).flatMap(variants)
        }
    }

    private static func neighbours(_ limit: ConfigNode) -> [ConfigNode] {
        switch limit.content {
        case .int(let number): [number - 1, number, number + 1].map { ConfigNode(.int($0)) }
        case .double(let number): [number * 0.99, number, number * 1.01].map { ConfigNode(.double($0)) }
        default: []
        }
    }

    /// What is nearly one of the words.
    private static func variants(_ word: ConfigNode) -> [ConfigNode] {
        switch word.content {
        case .string(let text): [text.lowercased(), text.uppercased(), text + "x"].map { ConfigNode(.string($0)) }
        case .int(let number): [number - 1, number + 1].map { ConfigNode(.int($0)) }
        default: []
        }
    }
}
