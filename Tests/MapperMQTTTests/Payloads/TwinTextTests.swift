// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperMQTT
import MapperKit
import Testing

/// The tables follow what EdgeCore answered to each value.
@Suite struct TwinTextTests {
    @Test(arguments: [
        ("0", "int"), ("-5", "int"), ("9223372036854775807", "int"), ("-9223372036854775808", "integer"),
        ("1.5", "float"), ("1e3", "float"), ("-0", "float"), ("5", "float"), ("NaN", "float"), ("-Inf", "float"),
        ("true", "boolean"), ("false", "boolean"), ("", "string"), ("any-thing_.,:/@#", "string"),
    ])
    func takes(text: String, type: String) throws {
        let value = try TwinText(text, twinType: type)
        #expect(value.text == text)
        #expect(value.type == type)
    }

    @Test(arguments: [
        ("5.0", "int"), ("0x10", "int"), ("", "int"), ("9223372036854775808", "integer"), ("1_000", "int"),
        ("", "float"), ("abc", "float"), ("1e999", "float"), ("0x1p2", "float"), ("1,5", "float"),
        ("1", "boolean"), ("TRUE", "boolean"), ("", "boolean"),
        ("1", ""), ("1.5", "double"), ("1", "deleted"), ("1", "Int"), ("1", "evil type \""),
    ])
    func refusesTheType(text: String, type: String) {
        #expect(throws: TwinText.Refusal.type(type)) { try TwinText(text, twinType: type) }
    }

    @Test(arguments: [
        "two words", "+5", "50%", "a=b", "\"", "é", "a\n", "(1)", "{}", String(repeating: "a", count: 513),
    ])
    func refusesCharacters(text: String) {
        #expect(throws: TwinText.Refusal.characters) { try TwinText(text, twinType: "string") }
    }

    @Test func countsToTheLastCharacter() throws {
        let longest = String(repeating: "a", count: 512)
        #expect(try TwinText(longest, twinType: "string").text == longest)
    }

    @Test(arguments: [
        (String?("int"), DataType.float, "int"), ("integer", .int, "int"), ("double", .double, "float"),
        (String?.none, DataType.double, "float"),
        (String?.none, DataType.int, "int"), (String?.none, DataType.bytes, "string"),
        (String?.none, DataType.boolean, "boolean"), ("Updated", .string, "string"),
        ("", .float, "float"), ("string", .int, "string"),
    ])
    func choosesTypesThatEveryVersionTakes(declared: String?, dataType: DataType, type: String) {
        #expect(TwinRules.typeForNewTwin(declared: declared, dataType: dataType) == type)
    }
}
