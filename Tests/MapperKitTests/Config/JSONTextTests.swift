// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("Groups and lists as JSON text")
struct JSONTextTests {
    struct Step: Decodable, Equatable {
        var factor: Double
        var shift: Int?
    }

    struct Visitor: Decodable, Equatable {
        var enumeration: ValueEnumeration?
        var steps: [Step]?
        var writes: [String: [UInt8]]?
        var noValue: NoValue?
        var extra: ConfigNode?
    }

    private static let place = MapperKit.SourceLocation(file: "p.yaml", line: 3, column: 7)

    private func decode(_ key: String, _ value: ConfigNode) -> ConfigDecoder.Outcome<Visitor> {
        var value = value
        value.location = Self.place
        let node = ConfigNode(.mapping([ConfigNode.Entry(key, at: Self.place, value)]), at: Self.place)
        return ConfigDecoder.decode(Visitor.self, from: node, subject: "visitor")
    }

    @Test(
        "Text decodes as what it says",
        arguments: [
            ("enumeration", #"{"1": "armpit", "0x2": "body"}"#, ["1": "armpit", "0x2": "body"]),
            (
                "steps", #" [{"factor": 0.5, "shift": 2}, {"factor": 3}]"#,
                [["factor": 0.5, "shift": 2], ["factor": 3]]
            ),
            ("writes", #"{"ON":[1],"OFF":[0,255],"":[]}"#, ["ON": [1], "OFF": [0, 255], "": []]),
            ("noValue", #"[-32768, 65535, "0x8000", 1.5]"#, [-32768, 65535, "0x8000", 1.5]),
            ("enumeration", "\n{}\n", [:]),
            ("steps", "[]", []),
        ] as [(String, ConfigNode, ConfigNode)]
    )
    func same(key: String, text: ConfigNode, nested: ConfigNode) {
        let (left, right) = (decode(key, text), decode(key, nested))
        #expect(left.diagnostics == [])
        #expect(left.value == right.value)
        #expect(left.value != nil)
    }

    @Test("Text inside text, and text where text is asked for")
    func text() {
        #expect(decode("writes", #"{"ON": "[1, 2]"}"#).value?.writes == ["ON": [1, 2]])
        #expect(decode("extra", "[1]").value?.extra == "[1]")
        let enumeration = decode("enumeration", #"{"1": "{}", "2": 3, "4": true}"#).value?.enumeration
        #expect(enumeration == ValueEnumeration([1: "{}", 2: "3", 4: "true"]))
    }

    @Test(
        "What is no such text is refused in one sentence",
        arguments: [
            ("enumeration", "armpit", "'enumeration' must be a group of keys, or JSON text of one, not 'armpit'"),
            ("enumeration", #"{"1": }"#, #"'enumeration' must be a group of keys, or JSON text of one, not '{"1": }'"#),
            ("enumeration", "[1]", "'enumeration' must be a group of keys, or JSON text of one, not '[1]'"),
            ("enumeration", 5, "'enumeration' must be a group of keys, not '5'"),
            ("steps", #"{"factor": 1}"#, #"'steps' must be a list, or JSON text of one, not '{"factor": 1}'"#),
            ("steps", "", "'steps' must be a list, or JSON text of one, not ''"),
            ("steps", "[1e999]", "'steps' must be a list, or JSON text of one, not '[1e999]'"),
            ("noValue", "[1", "'noValue' holds '[1', allowed are numbers such as 32768 and '0x8000'"),
        ] as [(String, ConfigNode, String)]
    )
    func refused(key: String, value: ConfigNode, message: String) {
        let outcome = decode(key, value)
        #expect(outcome.value == nil)
        #expect(outcome.diagnostics.map(\.description) == ["p.yaml:3:7: error: visitor: \(message)"])
    }

    @Test("Parts are complained about at the text's place, unknown keys in each group by themselves")
    func places() {
        let outcome = decode("steps", #"[{"factor": "big", "shfit": 1}, {"factor": 1, "fcator": 2}, {"shift": 1}]"#)
        #expect(outcome.diagnostics.allSatisfy { $0.location == Self.place })
        #expect(
            outcome.diagnostics.map(\.message).sorted() == [
                "visitor: 'factor' must be a number, not 'big'",
                "visitor: the key 'factor' is missing",
                "visitor: unknown key 'fcator', did you mean 'factor'? (factor, shift are allowed)",
                "visitor: unknown key 'shfit', did you mean 'shift'? (factor, shift are allowed)",
            ]
        )
    }

    @Test("Depth is bounded")
    func depth() {
        for opening in ["[", #"{"a":"#] {
            let closing = opening == "[" ? "]" : "}"
            func text(_ depth: Int) -> ConfigNode {
                ConfigNode(
                    .string(String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth))
                )
            }
            #expect(text(32).unfolded.string == nil)
            #expect(text(33).unfolded.string != nil)
            #expect(text(100_000).unfolded.string != nil)
        }
    }

    @Test("Whatever a text holds, it is a tree or it stays a text")
    func damaged() {
        let good = Array(#"{"1": ["é", -1.5e3, true, null], "": {"a": "\u00e9\n"}}"#.utf8)
        let splinters = [
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud800", "\0", " ", "-", "1e999", "nul", "\u{FEFF}",
        ]
        var state: UInt64 = 3
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var trees = 0
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0...random(3) {
                let index = random(bytes.count)
                bytes.replaceSubrange(index..<min(bytes.count, index + random(4)), with: splinters[random(15)].utf8)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let node = ConfigNode(.string(text)).unfolded
            if node.string == nil { trees += 1 } else { #expect(node.string == text) }
        }
        #expect(ConfigNode(.string(String(decoding: good, as: UTF8.self))).unfolded.entries?.count == 2)
        #expect(trees > 10 && trees < 2990)
    }

    @Test("Numbers stay what they are, and equality sees text as text")
    func kinds() {
        let node = ConfigNode(.string(#"[1, 1.5, 9007199254740993, -9223372036854775808, true, null, "1"]"#)).unfolded
        #expect(
            node == [1, 1.5, 9_007_199_254_740_993, ConfigNode(.int(.min)), true, ConfigNode(.null), "1"]
        )
        let kinds = node.elements?.map(\.kind)
        #expect(
            kinds == [
                "a whole number", "a number", "a whole number", "a whole number", "true or false", "nothing", "text",
            ]
        )
        let text: ConfigNode = "[1]"
        #expect(text != [1])
        #expect(text.unfolded == [1])
    }
}
