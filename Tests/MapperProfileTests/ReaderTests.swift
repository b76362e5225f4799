// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Reading YAML and JSON into trees")
struct ReaderTests {
    private func node(_ text: String, _ file: String) throws -> ConfigNode {
        try #require(try ConfigReader().parse(Array(text.utf8), file: file).first)
    }

    @Test(
        "What JSON allows and YAML readers stumble over",
        arguments: [
            (#"{"a":"\ud83d\ude00"}"#, "😀"),
            (#"{"a":"\uD83D"}"#, "\u{FFFD}"),
            (#"{"a":"\ud83dx"}"#, "\u{FFFD}x"),
            (#"{"a":"\ud83d\u0041"}"#, "\u{FFFD}A"),
            (#"{"a":"\/\b\f\n\r\t\"\\\u00e9"}"#, "/\u{8}\u{C}\n\r\t\"\\é"),
            (#"{"a":"\u0000"}"#, "\0"),
            ("{\t\"a\"\t:\t\"tabs\"\t}", "tabs"),
            ("{\"a\"\n:\n\"broken over lines\"}", "broken over lines"),
            ("{\"a\":\"\u{2028}\u{85}\u{7F}\"}", "\u{2028}\u{85}\u{7F}"),
            ("\u{FEFF}{\"a\":\"byte order mark\"}", "byte order mark"),
            ("\r\n{\"a\":\r\n\"CRLF\"}\r\n", "CRLF"),
            (#"{"a":"- # & * ! | > ' % @ `"}"#, "- # & * ! | > ' % @ `"),
            (#"{"a":"Äé漢"}"#, "Äé漢"),
        ]
    )
    func jsonTexts(text: String, value: String) throws {
        #expect(try node(text, "x.json")["a"]?.string == value)
        #expect(try node(text, "x.yaml")["a"]?.string == value)
    }

    @Test("JSON keys may be longer than YAML's 1024 bytes")
    func longKey() throws {
        let key = String(repeating: "k", count: 5000)
        #expect(try node("{\"\(key)\":1}", "x.json")[key] == 1)
    }

    @Test(
        "JSON numbers and words",
        arguments: [
            ("0", ConfigNode(.int(0))), ("-0", ConfigNode(.int(0))), ("-12", ConfigNode(.int(-12))),
            ("1.50", ConfigNode(.double(1.5))), ("1e3", ConfigNode(.double(1000))), ("1E-2", ConfigNode(.double(0.01))),
            ("9223372036854775807", ConfigNode(.int(.max))),
            ("9223372036854775808", ConfigNode(.double(9.223372036854775808e18))),
            ("true", ConfigNode(.boolean(true))), ("false", ConfigNode(.boolean(false))), ("null", ConfigNode(.null)),
            ("[]", ConfigNode(.sequence([]))), ("{}", ConfigNode(.mapping([]))),
        ]
    )
    func jsonScalars(text: String, value: ConfigNode) throws {
        #expect(try node(text, "x.json") == value)
    }

    @Test(
        "What is not JSON",
        arguments: [
            ("", "x.json:1:1: error: the file is empty"),
            (" \n ", "x.json:2:2: error: the file is empty"),
            ("{", "x.json:1:2: error: not valid JSON: expected a key in double quotes, not the end of the file"),
            (#"{"a":1,}"#, "x.json:1:8: error: not valid JSON: expected a key in double quotes, not '}'"),
            (#"{"a" 1}"#, "x.json:1:6: error: not valid JSON: expected ':' after the key 'a', not '1'"),
            (#"{"a":1 "b":2}"#, "x.json:1:8: error: not valid JSON: expected ',' or '}', not '\"'"),
            ("[1,\n 2", "x.json:2:3: error: not valid JSON: expected ',' or ']', not the end of the file"),
            ("[1,]", "x.json:1:4: error: not valid JSON: expected a value, not ']'"),
            ("[é]", "x.json:1:2: error: not valid JSON: expected a value, not 'é'"),
            ("[01]", "x.json:1:2: error: not valid JSON: '01' is neither a number nor true, false or null"),
            ("[+1]", "x.json:1:2: error: not valid JSON: '+1' is neither a number nor true, false or null"),
            ("[1.]", "x.json:1:2: error: not valid JSON: '1.' is neither a number nor true, false or null"),
            ("[.5]", "x.json:1:2: error: not valid JSON: '.5' is neither a number nor true, false or null"),
            ("[0x10]", "x.json:1:2: error: not valid JSON: '0x10' is neither a number nor true, false or null"),
            ("[--1]", "x.json:1:2: error: not valid JSON: '--1' is neither a number nor true, false or null"),
            ("[1e999]", "x.json:1:2: error: not valid JSON: '1e999' is neither a number nor true, false or null"),
            ("[True]", "x.json:1:2: error: not valid JSON: 'True' is neither a number nor true, false or null"),
            (
                "[\"é\t\"]",
                "x.json:1:4: error: not valid JSON: a tab inside a text must be written as an escape (\\n, \\t, \\u…)"
            ),
            (
                "[\"a\nb\"]",
                "x.json:1:4: error: not valid JSON: a line break inside a text must be written as an escape (\\n, \\t, \\u…)"
            ),
            (
                #"["a\x"]"#,
                "x.json:1:4: error: not valid JSON: unknown escape (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX are allowed)"
            ),
            (#"["a\u12g4"]"#, "x.json:1:4: error: not valid JSON: \\u must be followed by four hexadecimal digits"),
            (#"["abc"#, "x.json:1:2: error: not valid JSON: the text has no closing quote"),
            (#"["abc\"#, "x.json:1:6: error: not valid JSON: the text has no closing quote"),
            ("{} {}", "x.json:1:4: error: not valid JSON: '{' follows after the end of the value"),
            (
                "[1]\u{0}",
                "x.json:1:4: error: not valid JSON: a control character (byte 0) follows after the end of the value"
            ),
            (
                #"{"a":1,"b":{"c":1,"é":2,"c":3}}"#,
                "x.json:1:25: error: the key 'c' is given twice in one group (first on line 1, column 13)"
            ),
        ]
    )
    func brokenJSON(text: String, complaint: String) {
        expectComplaint(complaint, of: text, as: "x.json")
    }

    @Test(
        "Plain scalars follow the core schema of YAML 1.2",
        arguments: [
            ("", ConfigNode(.null)), ("~", ConfigNode(.null)), ("null", ConfigNode(.null)), ("Null", ConfigNode(.null)),
            ("true", ConfigNode(.boolean(true))), ("TRUE", ConfigNode(.boolean(true))),
            ("False", ConfigNode(.boolean(false))), ("yes", ConfigNode(.string("yes"))),
            ("on", ConfigNode(.string("on"))),
            ("12", ConfigNode(.int(12))), ("+12", ConfigNode(.int(12))), ("-7", ConfigNode(.int(-7))),
            ("0x1F", ConfigNode(.int(31))), ("0o17", ConfigNode(.int(15))), ("017", ConfigNode(.int(17))),
            ("1.5", ConfigNode(.double(1.5))), (".5", ConfigNode(.double(0.5))), ("5.", ConfigNode(.double(5))),
            ("1e3", ConfigNode(.double(1000))), ("-.5e-1", ConfigNode(.double(-0.05))),
            ("9223372036854775808", ConfigNode(.double(9.223372036854775808e18))),
            (".inf", ConfigNode(.string(".inf"))), (".nan", ConfigNode(.string(".nan"))),
            ("1e999", ConfigNode(.string("1e999"))),
            ("1.2.3", ConfigNode(.string("1.2.3"))), ("192.168.0.1", ConfigNode(.string("192.168.0.1"))),
            ("0x", ConfigNode(.string("0x"))), ("0xZZ", ConfigNode(.string("0xZZ"))),
            ("0x-5", ConfigNode(.string("0x-5"))),
            ("-", ConfigNode(.sequence([ConfigNode(.null)]))),
            ("1e", ConfigNode(.string("1e"))), ("+", ConfigNode(.string("+"))), (".", ConfigNode(.string("."))),
            ("\"12\"", ConfigNode(.string("12"))), ("'true'", ConfigNode(.string("true"))),
            ("''", ConfigNode(.string(""))),
            ("!!str 12", ConfigNode(.string("12"))), ("!!int \"12\"", ConfigNode(.int(12))),
            ("2020-01-01", ConfigNode(.string("2020-01-01"))), ("12:30", ConfigNode(.string("12:30"))),
        ]
    )
    func yamlScalars(text: String, value: ConfigNode) throws {
        let text = text == "-" ? "\n  -" : text
        let node = try node("a: \(text)\nb: 1\n", "x.yaml")
        #expect((node["a"] ?? nil) == value)
    }

    @Test("Every node knows its place, in characters")
    func places() throws {
        let text = """
            # é
            größe: {a: [1, "ä", 3]}
            list:
            - x: |
                text
              y: 2
            """
        let node = try node(text, "x.yaml")
        #expect(node.entries?[0].keyLocation == SourceLocation(file: "x.yaml", line: 2, column: 1))
        #expect(node["größe"]?.location == SourceLocation(file: "x.yaml", line: 2, column: 8))
        #expect(node["größe"]?["a"]?.elements?[2].location == SourceLocation(file: "x.yaml", line: 2, column: 21))
        let item = try #require(node["list"]?.elements?.first)
        #expect(item.location == SourceLocation(file: "x.yaml", line: 4, column: 3))
        #expect(item["x"]?.location == SourceLocation(file: "x.yaml", line: 4, column: 6))
        #expect(item["y"]?.location == SourceLocation(file: "x.yaml", line: 6, column: 6))
        let json = try self.node("{\"ä\":\n\t[1,\"😀\",{\"b\":2}]}", "x.json")
        #expect(json["ä"]?.elements?[2]["b"]?.location == SourceLocation(file: "x.json", line: 2, column: 14))
        #expect(json["ä"]?.elements?[2].entries?[0].keyLocation?.column == 10)
    }

    @Test("Many documents, empty ones left out; anchors and aliases")
    func documents() throws {
        let text = "---\na: &x {b: 1}\nc: *x\n---\n---\n- 2\n...\n# end\n"
        let documents = try ConfigReader().parse(Array(text.utf8), file: "x.yaml")
        #expect(documents.count == 2)
        #expect(documents.first?["c"]?["b"] == 1)
        #expect(documents.first?["c"]?["b"]?.location?.line == 2)
        #expect(documents.last == [2])
        #expect(try ConfigReader().parse([], file: "x.yaml").isEmpty)
    }

    @Test(
        "What is not YAML, or not supported",
        arguments: [
            ("a: 1\na: 2\n", "x.yaml:2:1: error: the key 'a' is given twice in one group (first on line 1, column 1)"),
            ("a: *x\n", "x.yaml:1:4: error: alias '*x': there is no complete value '&x' before it"),
            ("a: &x [1, *x]\n", "x.yaml:1:11: error: alias '*x': there is no complete value '&x' before it"),
            (
                "a: &x {b: 1}\nc:\n  <<: *x\n",
                "x.yaml:3:3: error: merge keys (<<) are not supported: write the keys out"
            ),
            (
                "a: !!binary aGk=\n",
                "x.yaml:1:4: error: the tag 'tag:yaml.org,2002:binary' is not supported: write the value without it"
            ),
            ("a: !foo {b: 1}\n", "x.yaml:1:4: error: the tag '!foo' is not supported: write the value without it"),
            ("? [1]\n: 2\n", "x.yaml:1:3: error: a key must be text, not a list, a group or an alias"),
            (
                "a:\n\tb: 1\n",
                "x.yaml:2:1: error: not valid YAML: found character that cannot start any token (while scanning for the next token, from line 2, column 1)"
            ),
            (
                "a: [1, 2\n",
                "x.yaml:2:1: error: not valid YAML: did not find expected ',' or ']' (while parsing a flow sequence, from line 1, column 4)"
            ),
            (
                "a: \"x\n",
                "x.yaml:2:1: error: not valid YAML: found unexpected end of stream (while scanning a quoted scalar, from line 1, column 4)"
            ),
            ("a: 1\n b: 2\n", "x.yaml:2:3: error: not valid YAML: mapping values are not allowed in this context"),
            ("é: \u{7}\n", "x.yaml:1:4: error: a control character (byte 7) cannot stand in a text file"),
            ("a: \0\n", "x.yaml:1:4: error: a control character (byte 0) cannot stand in a text file"),
        ]
    )
    func brokenYAML(text: String, complaint: String) {
        expectComplaint(complaint, of: text, as: "x.yaml")
    }

    private func expectComplaint(_ complaint: String, of text: String, as file: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigReader().parse(Array(text.utf8), file: file)
        }
        #expect(error?.description == complaint)
    }
}
