// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("Decoding configuration")
struct ConfigDecoderTests {
    enum Table: String, CaseIterable, Codable { case holding = "HoldingRegister", input = "InputRegister" }

    struct Visitor: Decodable, Equatable {
        var register: Table
        var offset: UInt16
        var scale: Double?
        var swap: Bool?
        var labels: [String: Int]?
        var extra: ConfigNode?
    }

    private func at(_ line: Int, _ column: Int) -> MapperKit.SourceLocation {
        MapperKit.SourceLocation(file: "p.yaml", line: line, column: column)
    }

    private func mapping(_ entries: (String, ConfigNode.Content)...) -> ConfigNode {
        let entries = entries.enumerated().map { index, entry in
            ConfigNode.Entry(entry.0, at: at(index + 1, 1), ConfigNode(entry.1, at: at(index + 1, 9)))
        }
        return ConfigNode(.mapping(entries), at: at(1, 1))
    }

    @Test("Quoted numbers are numbers, null is absent")
    func lenience() {
        let node = mapping(
            ("register", .string("HoldingRegister")),
            ("offset", .string("502")),
            ("scale", .int(2)),
            ("swap", .null),
            ("labels", .mapping([ConfigNode.Entry("a", at: at(5, 9), 1)])),
            ("extra", .sequence([1]))
        )
        let outcome = ConfigDecoder.decode(Visitor.self, from: node, subject: "visitor")
        #expect(outcome.diagnostics == [])
        #expect(
            outcome.value
                == Visitor(register: .holding, offset: 502, scale: 2, swap: nil, labels: ["a": 1], extra: [1])
        )
    }

    @Test("All problems are found at once, with place, allowed values and suggestion")
    func allAtOnce() {
        let node = mapping(
            ("register", .string("HoldingRegistr")),
            ("offset", .int(70000)),
            ("scale", .string("big")),
            ("swap", .string("yes")),
            ("scal", .int(1))
        )
        let outcome = ConfigDecoder.decode(Visitor.self, from: node, subject: "visitor")
        #expect(outcome.value == nil)
        #expect(
            outcome.diagnostics.map(\.description) == [
                "p.yaml:1:9: error: visitor: 'register' is 'HoldingRegistr', did you mean 'HoldingRegister'? "
                    + "(HoldingRegister, InputRegister are allowed)",
                "p.yaml:2:9: error: visitor: 'offset' is '70000', allowed is 0…65535",
                "p.yaml:3:9: error: visitor: 'scale' must be a number, not 'big'",
                "p.yaml:4:9: error: visitor: 'swap' must be true or false, not 'yes'",
                "p.yaml:5:1: warning: visitor: unknown key 'scal', did you mean 'scale'? "
                    + "(extra, labels, offset, register, scale, swap are allowed)",
            ]
        )
    }

    @Test("A missing key is named once, at the group it is missing from")
    func missing() {
        let outcome = ConfigDecoder.decode(Visitor.self, from: mapping(("offset", .int(1))), subject: "visitor")
        #expect(outcome.diagnostics.map(\.description) == ["p.yaml:1:1: error: visitor: the key 'register' is missing"])
    }

    @Test("A type's own complaint gets the place of what it complains about")
    func ownComplaint() {
        struct Even: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                guard try container.decode(Int.self).isMultiple(of: 2) else {
                    throw DecodingError.dataCorruptedError(
                        in: container,
                        debugDescription: "only even numbers are allowed"
                    )
                }
            }
        }
        struct Config: Decodable {
            var a: Even
            var b: Even
        }
        let outcome = ConfigDecoder.decode(Config.self, from: mapping(("a", .int(2)), ("b", .int(5))), subject: "x")
        #expect(
            outcome.diagnostics.map(\.description) == ["p.yaml:2:9: error: x: only even numbers are allowed"]
        )
    }

    @Test("Trees mean the same whatever the order of keys and the spelling of numbers")
    func equality() {
        let one: ConfigNode = ["a": 1, "b": ["x", 2.0]]
        let other: ConfigNode = ["b": ["x", 2], "a": 1.0]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue || one.elements != nil)
        #expect(one != ["a": 1, "b": ["x", 3]])
        #expect(one != ["a": 1])
    }

    @Test(
        "Misspelt words find the nearest right one",
        arguments: [
            ("HoldingRegistr", "HoldingRegister"), ("holdingregister", "HoldingRegister"),
            ("CoilRegsiter", "CoilRegister"),
            ("Temperature", nil), ("", nil),
        ] as [(String, String?)]
    )
    func spelling(word: String, expected: String?) {
        let tables = ["CoilRegister", "DiscreteInputRegister", "HoldingRegister", "InputRegister"]
        #expect(Spelling.nearest(to: word, in: tables) == expected)
    }
}
