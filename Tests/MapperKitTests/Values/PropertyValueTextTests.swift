// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("Texts of values")
struct PropertyValueTextTests {
    @Test(
        "Numbers are written with the fewest digits, without exponent and plus sign",
        arguments: [
            (PropertyValue.double(21.5), "21.5"), (.double(21), "21"), (.double(-0.0), "-0"),
            (.double(1e20), "100000000000000000000"),
            (.double(1.5e-7), "0.00000015"), (.double(-2.5e21), "-2500000000000000000000"), (.float(23.1), "23.1"),
            (.float(3.4e38), "340000000000000000000000000000000000000"), (.int(.min), "-9223372036854775808"),
            (.boolean(true), "true"), (.string("a b"), "a b"), (.bytes([0xfb, 0xff]), "-_8"), (.bytes([]), ""),
        ]
    )
    func text(value: PropertyValue, expected: String) {
        #expect(value.text == expected)
    }

    @Test("No text of a number holds a character that EdgeCore refuses")
    func onlyAllowedCharacters() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            let text = PropertyValue.double(number).text
            #expect(text.allSatisfy { "0123456789.-".contains($0) }, "\(number) became \(text)")
            #expect(Double(text) == number)
            #expect(text.count <= 512)
        }
    }

    @Test(
        "Desired texts are read as the model's type",
        arguments: [
            ("21", DataType.int, PropertyValue.int(21)), ("-9223372036854775808", .int, .int(.min)),
            ("+5", .int, .int(5)),
            ("1.000000", .float, .double(1)), ("123456789", .float, .double(123_456_789)),
            ("1e3", .double, .double(1000)), ("TRUE", .boolean, .boolean(true)),
            ("0", .boolean, .boolean(false)), ("", .string, .string("")), ("AQ==", .bytes, .bytes([1])),
            ("-_8", .bytes, .bytes([0xfb, 0xff])),
        ]
    )
    func parse(text: String, type: DataType, expected: PropertyValue) throws {
        #expect(try PropertyValue(parsing: text, as: type) == expected)
    }

    @Test(
        "Texts of another type are refused",
        arguments: [
            ("5.0", DataType.int), ("0x10", .int), ("", .int), ("9223372036854775808", .int), (" 1", .int),
            ("nan", .double),
            ("inf", .float), ("1e40", .float), ("0x1p3", .double), ("1,5", .double), ("", .double), ("yes", .boolean),
            ("2", .boolean), ("%%%", .bytes), ("A", .bytes),
        ]
    )
    func refuse(text: String, type: DataType) {
        #expect { try PropertyValue(parsing: text, as: type) } throws: { ($0 as? ValueError)?.code == .typeMismatch }
    }

    @Test(
        "Values take the model's type",
        arguments: [
            (PropertyValue.double(21.5), DataType.float, PropertyValue.double(21.5)),
            (.float(23.1), .float, .double(23.1)), (.int(123_456_789), .float, .double(123_456_789)),
            (.double(21.6), .int, .int(22)),
            (.int(5), .double, .double(5)), (.float(23.1), .double, .double(23.1)), (.int(2), .boolean, .boolean(true)),
            (.boolean(true), .int, .int(1)), (.int(7), .string, .string("7")), (.string("8"), .int, .int(8)),
        ]
    )
    func convert(value: PropertyValue, type: DataType, expected: PropertyValue) throws {
        #expect(try value.converted(to: type) == expected)
    }

    @Test(
        "What has no such form is refused",
        arguments: [
            (PropertyValue.double(.nan), DataType.double), (.double(.infinity), .int), (.double(1e30), .int),
            (.double(1e300), .float), (.bytes([1]), .int), (.int(1), .bytes), (.float(.nan), .float),
        ]
    )
    func refuseConversion(value: PropertyValue, type: DataType) {
        #expect(throws: ValueError.self) { try value.converted(to: type) }
    }
}
