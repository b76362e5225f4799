// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperTesting

struct JSONParserTests {
    @Test(arguments: [
        ("", "unexpected end of JSON input", 0), ("{", "unexpected end of JSON input", 1),
        ("nope", "invalid character 'o' in literal null (expecting 'u')", 2),
        ("oops", "invalid character 'o' looking for beginning of value", 1),
        ("{a", "invalid character 'a' looking for beginning of object key string", 2),
        ("{\"a\" 1", "invalid character '1' after object key", 6),
        ("{\"a\":1 2", "invalid character '2' after object key:value pair", 8),
        ("[1 2]", "invalid character '2' after array element", 4),
        ("{} x", "invalid character 'x' after top-level value", 4),
        ("\"\\x\"", "invalid character 'x' in string escape code", 3),
        ("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape", 6),
        ("-x", "invalid character 'x' in numeric literal", 2),
        ("1.x", "invalid character 'x' after decimal point in numeric literal", 3),
        ("1ex", "invalid character 'x' in exponent of numeric literal", 3),
        ("01", "invalid character '1' after top-level value", 2),
        ("'", "invalid character '\\'' looking for beginning of value", 1),
    ])
    func complainsInGosWords(_ text: String, _ message: String, _ offset: Int) {
        #expect(throws: GoJSONError.syntax(message, offset: offset)) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(arguments: [
        (#"{"b":1,"a":[true,false,null,-1.5e+3,"x"]}"#, #"{"b":1,"a":[true,false,null,-1.5e+3,"x"]}"#),
        (#" "\ud83d\ude00\u00e9\/" "#, #""😀é/""#), (#""\ud83dx""#, "\"\u{FFFD}x\""), (#"[ ]"#, "[]"),
        (#""<>&\n""#, #""\u003c\u003e\u0026\n""#),
    ])
    func readsAndWrites(_ text: String, _ expected: String) throws {
        #expect(try JSONParser.parse(Array(text.utf8)).value.text == expected)
    }

    @Test func endsOnDeepNesting() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: GoJSONError.self) { try JSONParser.parse(text) }
    }

    @Test(arguments: [
        (#"{"timestamp":"1"}"#, "string", 16, "timestamp"), (#"{"timestamp":1.5}"#, "number 1.5", 16, "timestamp"),
        (#"{"event_id":7}"#, "number", 13, "event_id"), (#"{"event_id":{}}"#, "object", 13, "event_id"),
    ])
    func namesTheFieldOfAnotherType(_ text: String, _ found: String, _ offset: Int, _ field: String) {
        let error = GoJSONError.type(found, offset: offset, structName: "BaseMessage", field: field)
        #expect(throws: error) { try WireHeader(parsing: Array(text.utf8)) }
    }
}
