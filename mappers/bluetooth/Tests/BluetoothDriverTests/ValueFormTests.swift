// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Forms of values")
struct ValueFormTests {
    // MARK: What the property's type decides

    static let open: [(type: DataType, minimum: Int64?, octets: [UInt8], value: String)] = [
        (.int, nil, [0x57], "87"), (.int, nil, [0xFE], "254"), (.int, -40, [0xFE], "-2"),
        (.int, nil, [0x39, 0x30], "12345"), (.int, -1, [0xFF, 0xFF, 0xFF], "-1"),
        (.int, nil, [1, 2, 3, 4], "67305985"), (.int, -1, [1, 0, 0, 0, 0, 0, 0, 0x80], "-9223372036854775807"),
        (.float, nil, [0xCD, 0xCC, 0xCC, 0x3D], "0.1"), (.double, nil, [0, 0, 0, 0, 0, 0, 0x14, 0xC0], "-5"),
        (.double, nil, [0xC4, 0x09], "2500"), (.double, -1, [0x0C, 0xFE], "-500"),
        (.boolean, nil, [0], "false"), (.boolean, nil, [0, 2], "true"),
        (.string, nil, [0x54, 0x61, 0x67, 0, 0], "Tag"), (.string, nil, [], ""), (.bytes, nil, [0xFF, 1], "_wE"),
    ]

    @Test("without a type the property's own decides", arguments: open)
    func propertyDecides(type: DataType, minimum: Int64?, octets: [UInt8], value: String) throws {
        let path = try VisitorPath(type, minimum: minimum)
        #expect(try path.read(octets) == value)
        if type.isNumeric { #expect(try path.write(value, over: octets) == octets) }
    }

    @Test("a number without a type is written in as many bytes as the device has")
    func openNumbers() throws {
        let path = try VisitorPath(.int)
        #expect(path.codec.needsCurrentOctets(toWrite: .int(1)))
        #expect(try path.write("1", over: [9, 9, 9]) == [1, 0, 0])
        #expect(path.refusal("256", over: [0]) == "256 does not fit a whole number, allowed is 0…255")
        #expect(path.refusal([]) == "the device gave 0 bytes, a whole number needs 1")
        #expect(
            path.refusal(Array(repeating: 0, count: 9))
                == "the device gave 9 bytes, a number has 1…8: say 'dataType'"
        )
        #expect(try VisitorPath(.int, [("length", 2)]).write("1") == [1, 0])
    }

    @Test("a text with an enumeration is a number")
    func enumeration() throws {
        let path = try VisitorPath(.string, [("enumeration", ["0": "off", "1": "on"]), ("length", 1)])
        #expect(try path.read([1]) == "on")
        #expect(try path.read([7]) == "7")
        #expect(try path.write("on") == [1])
    }

    // MARK: Text, bytes, bits

    @Test("text fills its bytes with NUL")
    func text() throws {
        let open = try VisitorPath(.string, [("dataType", "string")])
        #expect(try open.write("Küche") == [0x4B, 0xC3, 0xBC, 0x63, 0x68, 0x65])
        #expect(open.refusal("a\0b") == "text with NUL cannot be stored in a string")
        #expect(open.refusal([0xFF]) == "the bytes ff are no UTF-8 text")
        #expect(open.refusal(String(repeating: "x", count: 513)) != nil)
        let fixed = try VisitorPath(.string, [("length", 4)])
        #expect(try fixed.write("ab") == [0x61, 0x62, 0, 0])
        #expect(fixed.refusal("abcde") == "a text of 5 bytes does not fit, allowed are 4")
        #expect(fixed.refusal([0x61]) == "the device gave 1 byte, a string needs 4")
    }

    @Test("bytes, and their hexadecimal digits")
    func bytes() throws {
        let hex = try VisitorPath(.string, [("dataType", "hex")])
        #expect(try hex.read([0x0A, 0xFF]) == "0aff")
        #expect(try hex.write("0AFF") == [0x0A, 0xFF])
        #expect(hex.refusal("0AF") == "'0AF' is not what hex holds")
        let bytes = try VisitorPath(.bytes, [("length", 2)])
        #expect(try bytes.write("Cv8") == [0x0A, 0xFF])
        #expect(bytes.refusal("Cg") == "1 bytes cannot be stored, 2 are needed")
        #expect(try VisitorPath(.string, [("dataType", "bytes")]).read([0x0A, 0xFF]) == "Cv8")
    }

    @Test("truth values take 0 and 1")
    func truth() throws {
        let path = try VisitorPath(.int, [("dataType", "bool")])
        #expect(try path.read([7]) == "1")
        #expect(try path.write("1") == [1])
        #expect(path.refusal("2") == "2 cannot be stored in a bool, only 0 and 1 can")
        #expect(try VisitorPath(.boolean, [("length", 2), ("byteOrder", "big")]).write("true") == [0, 1])
    }

    @Test("a bit leaves the others as they are")
    func bit() throws {
        let path = try VisitorPath(.boolean, [("bit", 9)])
        #expect(try path.read([0, 2]) == "true")
        #expect(try path.write("false", over: [0xFF, 0xFF, 0xFF]) == [0xFF, 0xFD, 0xFF])
        #expect(path.refusal([0]) == "the device gave 1 byte, bit 9 needs 2")
        #expect(path.refusal("true", over: [0]) == "the device gave 1 byte, bit 9 needs 2")
        #expect(path.codec.needsCurrentOctets(toWrite: .boolean(true)))
        let big = try VisitorPath(.boolean, [("bit", 9), ("byteOrder", "big"), ("dataType", "bit")])
        #expect(try big.read([2, 0]) == "true")
        #expect(try big.write("true", over: [0, 0]) == [2, 0])
    }

    @Test("some bits as a number")
    func bitfield() throws {
        let keys: [(String, ConfigNode)] = [("dataType", "bitfield"), ("bit", 6), ("bitCount", 4)]
        let path = try VisitorPath(.int, keys)
        #expect(try path.read([0x80, 0x02]) == "10")
        #expect(try path.write("5", over: [0xFF, 0xFF]) == [0x7F, 0xFD])
        #expect(path.refusal("16", over: [0, 0]) == "16 does not fit bits 6…9, allowed is 0…15")
        let signed = try VisitorPath(.int, keys, minimum: -8)
        #expect(try signed.read([0x80, 0x02]) == "-6")
        #expect(try signed.write("-1", over: [0, 0]) == [0xC0, 0x03])
    }

    @Test("a part of a value leaves the rest as it is")
    func part() throws {
        let path = try VisitorPath(.float, [("dataType", "int16"), ("startByte", 1), ("scale", 0.1)])
        #expect(try path.read([9, 0xD7, 0x00, 9]) == "21.5")
        #expect(try path.write("-0.1", over: [9, 0, 0, 9]) == [9, 0xFF, 0xFF, 9])
        #expect(path.refusal([9, 9]) == "the device gave 2 bytes, an int16 from byte 1 on needs 3")
        let first = try VisitorPath(.int, [("dataType", "uint8"), ("startByte", 0)])
        #expect(try first.write("7", over: [1, 2]) == [7, 2])
        let rest = try VisitorPath(.string, [("startByte", 1)])
        #expect(try rest.read([1, 0x61]) == "a")
        #expect(try rest.write("bc", over: [1, 0x61]) == [1, 0x62, 0x63])
        #expect(rest.refusal([UInt8]()) == "the device gave 0 bytes, a string from byte 1 on needs 2")
        let truth = try VisitorPath(.boolean, [("startByte", 1)])
        #expect(try truth.write("true", over: [9, 0, 0]) == [9, 1, 0])
        let none = "the device gave 1 byte, a bool from byte 1 on needs 2"
        #expect(truth.refusal("true", over: [9]) == none)
    }

    // MARK: The descriptor 0x2904

    static let presentations: [(format: UInt8, octets: [UInt8], value: String)] = [
        (0x01, [1], "1"), (0x02, [0xFE], "2"), (0x03, [0xFC], "12"), (0x04, [200], "200"),
        (0x05, [0xFF, 0x0F], "4095"), (0x06, [0xFF, 0xFF], "65535"), (0x07, [1, 0, 1], "65537"),
        (0x08, [0xFF, 0xFF, 0xFF, 0xFF], "4294967295"), (0x09, [0, 0, 0, 0, 0, 1], "1099511627776"),
        (0x0A, [1, 0, 0, 0, 0, 0, 0, 0], "1"), (0x0C, [0xFE], "-2"), (0x0D, [0xFF, 0x0F], "-1"),
        (0x0E, [0x0C, 0xFE], "-500"), (0x0F, [0xFF, 0xFF, 0xFF], "-1"), (0x10, [0xFE, 0xFF, 0xFF, 0xFF], "-2"),
        (0x11, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "-1"),
        (0x12, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "-1"), (0x14, [0xCD, 0xCC, 0xCC, 0x3D], "0.1"),
        (0x15, [0, 0, 0, 0, 0, 0, 0x14, 0xC0], "-5"), (0x16, [0x72, 0xF1], "37"),
        (0x17, [0x72, 0x01, 0x00, 0xFF], "37"), (0x19, [0x31, 0x32], "12"), (0x1A, [0x31, 0, 0x32, 0], "12"),
        // A structure says nothing; the property's type does.
        (0x1B, [0xC4, 0x09], "2500"),
    ]

    @Test("a characteristic says itself what its bytes mean", arguments: presentations)
    func presentation(format: UInt8, octets: [UInt8], value: String) throws {
        let path = try VisitorPath(.double, presentation: [format, 0, 0, 0x27, 1, 0, 0])
        #expect(path.codec.adoptsPresentation)
        #expect(try path.read(octets) == value)
        if format > 0x13, format < 0x18 { #expect(try path.read(try path.write(value)) == value) }
    }

    @Test("its power of ten counts without binary noise, both ways")
    func exponent() throws {
        let path = try VisitorPath(.double, presentation: [0x0E, 0xFE, 0x2F, 0x27, 1, 0, 0])
        #expect(try path.read([0xF8, 0x08]) == "22.96")
        #expect(try path.read([0x0C, 0xFE]) == "-5")
        #expect(try path.write("22.96") == [0xF8, 0x08])
        #expect(path.refusal("22.965") == "22.965 is no multiple of 0.01, in which int16 counts")
        #expect(path.refusal("327.68") == "327.68 does not fit an int16, allowed is -327.68…327.67")
        let kilo = try VisitorPath(.int, presentation: [0x06, 3, 0, 0x27, 1, 0, 0])
        #expect(try kilo.read([7, 0]) == "7000")
        #expect(try kilo.write("7000") == [7, 0])
        for number in stride(from: Int64(-32768), through: 32767, by: 13) {
            let octets = [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
            let value = try path.codec.value(of: octets)
            #expect(value == .double(Double(number) / 100))
            #expect(try path.codec.octets(of: value) == octets)
        }
    }

    @Test("what the visitor says goes before the descriptor")
    func precedence() throws {
        let descriptor: [UInt8] = [0x06, 0xFE, 0, 0x27, 1, 0, 0]
        let octets: [UInt8] = [0xFE, 0xFF]
        #expect(try VisitorPath(.double, presentation: descriptor).read(octets) == "655.34")
        #expect(try VisitorPath(.double, [("scale", 0.1)], presentation: descriptor).read(octets) == "6553.4")
        #expect(try VisitorPath(.double, [("noValue", 1)], presentation: descriptor).read(octets) == "65534")
        #expect(try VisitorPath(.int, [("dataType", "int16")], presentation: descriptor).read(octets) == "-2")
        #expect(
            try VisitorPath(.int, [("dataConverter", ["endIndex": 1])], presentation: descriptor).read(octets)
                == "65279"
        )
        #expect(try VisitorPath(.bytes, presentation: descriptor).read(octets) == "_v8")
        #expect(PresentationFormat([1, 2, 3]) == nil)
        #expect(PresentationFormat(descriptor)?.unit == 0x2700)
    }

    // MARK: Anything

    @Test("whatever a device sends, and whatever is desired, nothing but an error comes of it")
    func anything() {
        let types = DataType.allCases
        let forms: [ValueForm] =
            [
                .anyInteger(isSigned: true), .anyNumber(isSigned: false), .float32, .float64, .sfloat, .float11073,
                .truth,
                .bit(0), .bit(63), .bitField(BitRun(first: 3, count: 64), isSigned: true), .text, .wideText, .bytes,
                .hex,
            ] + (2...64).flatMap { [.integer(bits: $0, isSigned: true), .integer(bits: $0, isSigned: false)] }
        let values: [PropertyValue] = [
            .int(.min), .int(.max), .int(0), .double(.nan), .double(.infinity), .double(1e300), .double(.ulpOfOne),
            .double(-0.1), .float(.greatestFiniteMagnitude), .boolean(true), .string(""), .string("-"), .string("1e5"),
            .bytes([]), .bytes([1, 2, 3]),
        ]
        var answers = 0
        for form in forms {
            for (start, exponent) in [(0, 0), (2, -128), (0, 127), (511, 1)] {
                var format = CharacteristicFormat(form: form)
                format.start = start
                format.isPart = start > 0
                format.exponent = exponent
                for count in 0...12 {
                    let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &- 128) }
                    if let value = try? format.value(of: octets) {
                        answers += 1
                        for type in types { _ = try? value.converted(to: type) }
                    }
                    for value in values where (try? format.octets(of: value, replacing: octets)) != nil { answers += 1 }
                }
            }
        }
        #expect(answers > 1000)
    }

    // MARK: dataWrite

    static let writes: [ConfigNode] = [["ON": [1, 255], "OFF": [0, 0]], ["ON": "Af8=", "OFF": "AAA="]]

    @Test("texts have their bytes, as numbers or in base64", arguments: writes)
    func dataWrite(_ entries: ConfigNode) throws {
        let path = try VisitorPath(.string, [("dataWrite", entries)])
        #expect(try path.write("ON") == [1, 255])
        #expect(try path.write("OFF") == [0, 0])
        #expect(path.refusal("on") == "'on' is none of 'OFF', 'ON'")
        #expect(try path.read([1, 255]) == "ON")
        #expect(try path.read([2]) == "02")
    }

    @Test("numbers and truth values may have bytes too")
    func otherDataWrite() throws {
        let truth = try VisitorPath(.boolean, [("dataWrite", ["true": [0xA5], "false": [0x5A]])])
        #expect(try truth.write("true") == [0xA5])
        #expect(try truth.read([0x5A]) == "false")
        #expect(truth.refusal([1]) == "the device holds 01, to which 'dataWrite' gives no value")
        let number = try VisitorPath(.int, [("dataWrite", ["7": [0x77]]), ("dataType", "uint8")])
        #expect(try number.write("7") == [0x77])
        #expect(try number.write("8") == [8])
        #expect(try number.read([0x77]) == "119")
    }
}
