// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("KubeEdge's dataConverter")
struct ConverterTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var octets: [UInt8]
        var converter: ConfigNode
        var value: String

        init(_ name: String, _ octets: [UInt8], _ converter: ConfigNode, _ value: String) {
            testDescription = name
            self.octets = octets
            self.converter = converter
            self.value = value
        }
    }

    private static func operations(_ list: (ConfigNode, ConfigNode)...) -> ConfigNode {
        ConfigNode(.sequence(list.map { ["operationType": $0.0, "operationValue": $0.1] }))
    }

    private static let celsius = operations(("Multiply", 0.03125))
    private static let hundredths = operations(("Divide", 100))

    static let rows = [
        Row(
            "CC2650 IR object temperature, KubeEdge's sample",
            [0x54, 0x0B, 0x80, 0x0C],
            ["startIndex": 1, "endIndex": 0, "shiftRight": 2, "orderOfOperations": celsius],
            "22.65625"
        ),
        Row(
            "CC2650 ambient temperature",
            [0x54, 0x0B, 0x80, 0x0C],
            ["startIndex": 3, "endIndex": 2, "shiftRight": 2, "orderOfOperations": celsius],
            "25"
        ),
        Row(
            "the same, raw 0x0100",
            [0x00, 0x01, 0x80, 0x0C],
            ["startIndex": 1, "endIndex": 0, "shiftRight": 2, "orderOfOperations": celsius],
            "2"
        ),
        Row("battery", [0x57], ["startIndex": 0, "endIndex": 0], "87"),
        Row(
            "LYWSD03 temperature",
            [0xF8, 0x08, 0x2F, 0x89, 0x0B],
            ["startIndex": 1, "endIndex": 0, "orderOfOperations": hundredths],
            "22.96"
        ),
        Row(
            "2A6E 25.00",
            [0xC4, 0x09],
            ["startIndex": 1, "endIndex": 0, "orderOfOperations": hundredths],
            "25"
        ),
        Row(
            "2A6E -5.00 without a sign",
            [0x0C, 0xFE],
            ["startIndex": 1, "endIndex": 0, "orderOfOperations": hundredths],
            "650.36"
        ),
        Row(
            "two operations of one kind",
            [0x02],
            ["shiftLeft": 1, "orderOfOperations": operations(("Multiply", 10), ("multiply", 3))],
            "120"
        ),
        Row(
            "operations in their order, in any letter case",
            [0x04],
            ["shiftLeft": 1, "orderOfOperations": operations(("ADD", 2), ("Multiply", 3), ("subtract", 1))],
            "29"
        ),
        Row("three bytes upwards", [0x12, 0x34, 0x56], ["endIndex": 2, "shiftRight": 4], "74565"),
        Row(
            "no binary noise",
            [0xD7],
            ["orderOfOperations": operations(("Multiply", 0.1), ("Subtract", 0.1))],
            "21.4"
        ),
        Row("eight bytes", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], ["endIndex": 7], "18446744073709552000"),
    ]

    @Test("bytes become the number that is documented", arguments: rows)
    func reading(_ row: Row) throws {
        let value = try VisitorPath(.double, [("dataConverter", row.converter)]).read(row.octets)
        if ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_TABLE"] != nil {
            print("| \(row.testDescription) | \(HexText.text(row.octets)) | wanted \(row.value) | got \(value) |")
        }
        #expect(value == row.value)
    }

    @Test("what was read can be written back", arguments: rows.dropLast())
    func writing(_ row: Row) throws {
        #expect(
            try VisitorPath(.double, [("dataConverter", row.converter)]).write(row.value, over: row.octets)
                == row.octets
        )
    }

    @Test("a signed type makes the first bit a sign")
    func sign() throws {
        let converter: ConfigNode = ["startIndex": 1, "orderOfOperations": Self.hundredths]
        let path = try VisitorPath(.float, [("dataConverter", converter), ("dataType", "int16")])
        #expect(try path.read([0x0C, 0xFE]) == "-5")
        #expect(try path.write("-5") == [0x0C, 0xFE])
        #expect(try path.write("-0.01") == [0xFF, 0xFF])
        #expect(path.refusal("-0.015") == "-0.015 falls between the numbers that 'dataConverter' gives")
        #expect(path.refusal("327.68") == "327.68 does not fit the 2 bytes of 'dataConverter'")
    }

    @Test("bytes around and bits shifted out stay as they are")
    func neighbours() throws {
        let converter: ConfigNode = [
            "startIndex": 3, "endIndex": 2, "shiftRight": 2, "orderOfOperations": Self.celsius,
        ]
        let path = try VisitorPath(.double, [("dataConverter", converter)])
        #expect(path.codec.needsCurrentOctets(toWrite: .double(25)))
        #expect(try path.write("25.03125", over: [1, 2, 0x83, 0x0C, 5]) == [1, 2, 0x87, 0x0C, 5])
        let shifted = try VisitorPath(.int, [("dataConverter", ["shiftLeft": 1])])
        #expect(try shifted.write("8") == [4])
        #expect(shifted.refusal("7") == "7 falls between the numbers that 'dataConverter' gives")
    }

    @Test("a characteristic that cannot be read is written alone where all its bits come from the value")
    func alone() throws {
        let path = try VisitorPath(.int, [("dataConverter", ["startIndex": 1])])
        #expect(try path.write("258") == [2, 1])
        #expect(try path.write("258", over: [9, 9, 9]) == [2, 1, 9])
        let shifted = try VisitorPath(.int, [("dataConverter", ["shiftRight": 1])])
        #expect(shifted.refusal("1") == "the device gave 0 bytes, 'dataConverter' needs 1")
    }

    @Test("dividing by three can be undone")
    func thirds() throws {
        let converter: ConfigNode = ["endIndex": 1, "orderOfOperations": Self.operations(("Divide", 3))]
        let path = try VisitorPath(.double, [("dataConverter", converter)])
        for number in [UInt16(1), 2, 100, 65535] {
            let octets = [UInt8(number >> 8), UInt8(number & 0xFF)]
            #expect(try path.write(try path.read(octets)) == octets)
        }
    }

    @Test("too few bytes are an error and no crash")
    func short() throws {
        let path = try VisitorPath(.int, [("dataConverter", ["startIndex": 3, "endIndex": 2])])
        #expect(path.refusal([1]) == "the device gave 1 byte, 'dataConverter' needs 4")
        #expect(path.refusal("1", over: [1, 2]) == "the device gave 2 bytes, 'dataConverter' needs 4")
    }

    @Test("a converter in which nothing is said is none", arguments: [[:], ["startIndex": 0, "endIndex": 0]])
    func empty(_ converter: ConfigNode) throws {
        #expect(try VisitorPath(.int, [("dataConverter", converter)]).read([0x0C, 0x01]) == "268")
    }

    @Test("scale comes after the converter")
    func scale() throws {
        let path = try VisitorPath(
            .double,
            [("dataConverter", ["endIndex": 1]), ("scale", 0.1), ("noValue", [0x8000])]
        )
        #expect(try path.read([0x00, 0xD7]) == "21.5")
        #expect(try path.write("21.5") == [0x00, 0xD7])
        #expect(path.refusal([0x80, 0x00]) == "the device has no value: it holds 32768, which stands for that")
    }

    @Test("whatever a device sends, and whatever is desired, nothing but an error comes of it")
    func anything() throws {
        let values: [PropertyValue] = [
            .int(.min), .int(.max), .int(0), .double(.nan), .double(1e300), .double(-0x1p127), .double(0x1p126),
            .double(-0.1), .boolean(true), .string("x"), .bytes([1]), .string("-1e38"),
        ]
        var answers = 0
        for (first, last) in [(0, 0), (7, 0), (0, 7), (511, 504), (2, 3)] {
            for (left, right) in [(0, 0), (63, 0), (0, 63), (1, 0)] {
                for operations in [
                    [], [(ConverterOperation.Kind.divide, 1e-300)], [(.multiply, 1e300), (.add, -1e308)],
                ] {
                    let operations = operations.map { ConverterOperation($0.0, $0.1) }
                    let converter = DataConverter(
                        startIndex: first,
                        endIndex: last,
                        shiftLeft: left,
                        shiftRight: right,
                        operations: operations
                    )
                    for isSigned in [true, false] {
                        let arithmetic = try ValueConverter(converter, isSigned: isSigned)
                        for octets in [[], Array(repeating: UInt8(0x80), count: 8), Array(repeating: 0xFF, count: 512)]
                        {
                            if (try? arithmetic.value(of: octets)) != nil { answers += 1 }
                            for value in values where (try? arithmetic.octets(of: value, replacing: octets)) != nil {
                                answers += 1
                            }
                        }
                    }
                }
            }
        }
        #expect(answers > 100)
    }

    static let broken: [(keys: ConfigNode, message: String)] = [
        (
            ["shiftLeft": 1, "shiftRight": 1],
            "error: 'shiftLeft' and 'shiftRight' are both given: keep one of them"
        ),
        (
            ["orderOfOperations": operations(("Divide", 0))],
            "error: 'operationValue' is 0, Divide needs another number"
        ),
        (
            ["orderOfOperations": operations(("Add", 1), ("multiply", 0))],
            "error: 'operationValue' is 0, Multiply needs another number"
        ),
        (
            ["orderOfOperations": operations(("Modulo", 2))],
            "error: 'operationType' is 'Modulo', needed is one of Add, Subtract, Multiply, Divide"
        ),
        (["orderOfOperations": [["operationType": "Add"]]], "error: the key 'operationValue' is missing"),
        (["startIndex": -1], "error: 'startIndex' is -1, allowed is 0…511"),
        (["endIndex": 512], "error: 'endIndex' is 512, allowed is 0…511"),
        (["endIndex": 8], "error: 'startIndex' and 'endIndex' span 9 bytes, allowed are 1…8"),
        (["shiftLeft": 64], "error: 'shiftLeft' is 64, allowed is 0…63"),
        (["shiftRight": -1], "error: 'shiftRight' is -1, allowed is 0…63"),
        (["startIndex": ConfigNode(.int(.min))], "error: 'startIndex' is \(Int64.min), allowed is 0…511"),
    ]

    @Test("what cannot be is refused when it is loaded", arguments: broken)
    func refusals(keys: ConfigNode, message: String) {
        let visitor: ConfigNode = ["characteristicUUID": "2a6e", "dataConverter": keys]
        #expect(VisitorBench.findings(VisitorBench.property(.double, visitor)) == [message])
    }
}
