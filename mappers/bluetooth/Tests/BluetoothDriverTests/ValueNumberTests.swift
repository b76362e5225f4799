// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

@Suite("Numbers in bytes")
struct ValueNumberTests {
    static let integers: [(Int, Bool, String)] = [8, 16, 24, 32, 40, 48, 56, 64].flatMap { bits in
        [true, false].flatMap { isSigned in ["little", "big"].map { (bits, isSigned, $0) } }
    }

    @Test("whole numbers of every type go there and back, up to their bounds", arguments: integers)
    func roundTrip(bits: Int, isSigned: Bool, order: String) throws {
        let name = "\(isSigned ? "" : "u")int\(bits)"
        let keys: [(String, ConfigNode)] = [
            ("dataType", ConfigNode(.string(name))), ("byteOrder", ConfigNode(.string(order))),
        ]
        let path = try VisitorPath(.int, keys)
        let range = ValueForm.wholes(bits: bits, isSigned: isSigned)
        for number in [range.lowerBound, range.lowerBound + 1, 0, 1, 100, range.upperBound - 1, range.upperBound] {
            let octets = try path.write(String(number))
            let expected = (0..<bits / 8).map { UInt8(truncatingIfNeeded: number >> Int64($0 * 8)) }
            #expect(octets == (order == "little" ? expected : expected.reversed()))
            #expect(try path.read(octets) == String(number))
            #expect(try path.read(octets + [0xAA]) == String(number))
        }
        let a = isSigned ? "an" : "a"
        let allowed = "allowed is \(range.lowerBound)…\(range.upperBound)"
        if bits < 64 {
            let tooLarge = range.upperBound + 1
            #expect(path.refusal(String(tooLarge)) == "\(tooLarge) does not fit \(a) \(name), \(allowed)")
        }
        if range.lowerBound > .min {
            let tooSmall = range.lowerBound - 1
            #expect(path.refusal(String(tooSmall)) == "\(tooSmall) does not fit \(a) \(name), \(allowed)")
        }
        let short = Array(repeating: UInt8(0), count: bits / 8 - 1)
        #expect(
            path.refusal(short)
                == "the device gave \(short.count) byte\(short.count == 1 ? "" : "s"), \(a) \(name) needs \(bits / 8)"
        )
    }

    @Test("unsigned numbers of 64 bits that no whole number holds")
    func large() throws {
        let octets: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let digits = try VisitorPath(.string, [("dataType", "uint64")])
        #expect(try digits.read(octets) == "18446744073709551614")
        #expect(try digits.write("18446744073709551614") == octets)
        #expect(try VisitorPath(.double, [("dataType", "uint64")]).read(octets) == "18446744073709552000")
        let whole = try VisitorPath(.int, [("dataType", "uint64")])
        #expect(whole.refusal(octets)?.hasPrefix("18446744073709551614 is above 9223372036854775807") == true)
    }

    static let reals: [(type: String, order: String, octets: [UInt8], value: String)] = [
        ("float32", "little", [0xCD, 0xCC, 0xCC, 0x3D], "0.1"),
        ("float32", "big", [0x41, 0xB7, 0xAE, 0x14], "22.96"),
        ("float64", "little", [0xF6, 0x28, 0x5C, 0x8F, 0xC2, 0xF5, 0x36, 0x40], "22.96"),
        ("float64", "big", [0xC0, 0x14, 0, 0, 0, 0, 0, 0], "-5"),
        ("sfloat", "little", [0x72, 0xF1], "37"),
        ("SFLOAT", "little", [0x0C, 0xFE], "-50"),
        ("medfloat16", "big", [0xF1, 0x72], "37"),
        ("float11073", "little", [0x72, 0x01, 0x00, 0xFF], "37"),
        ("FLOAT", "little", [0xF8, 0x08, 0x00, 0xFE], "22.96"),
        ("medfloat32", "big", [0x00, 0xFF, 0xFF, 0xFF], "-1"),
        ("sfloat", "little", [0xFD, 0x77], "20450000000"),
    ]

    @Test("numbers with a fraction", arguments: reals)
    func fraction(type: String, order: String, octets: [UInt8], value: String) throws {
        let keys: [(String, ConfigNode)] = [
            ("dataType", ConfigNode(.string(type))), ("byteOrder", ConfigNode(.string(order))),
        ]
        let path = try VisitorPath(.double, keys)
        #expect(try path.read(octets) == value)
        #expect(try path.read(try path.write(value)) == value)
    }

    @Test(
        "SFLOAT of the reference: 0xF172 is 37.0, 0xFE0C is -50.0",
        arguments: [(UInt64(0xF172), 37.0), (0xFE0C, -50.0), (0xE001, 0.01), (0x7001, 10_000_000.0)]
    )
    func short(pattern: UInt64, value: Double) throws {
        let number = try MedicalFloat.short.number(pattern)
        #expect(number.double == value)
        #expect(try MedicalFloat.short.number(try #require(MedicalFloat.short.pattern(number))) == number)
    }

    @Test("every SFLOAT goes there and back as the same number")
    func everyShort() throws {
        var numbers = 0
        for pattern in UInt64(0)...0xFFFF {
            guard let number = try? MedicalFloat.short.number(pattern) else { continue }
            numbers += 1
            guard let written = MedicalFloat.short.pattern(number) else {
                // Only the mantissas next to the special ones have no other form.
                #expect(
                    abs(BitRun(first: 0, count: 12).number(in: pattern, isSigned: true)) > MedicalFloat.short.greatest
                )
                continue
            }
            #expect(try MedicalFloat.short.number(written) == number)
        }
        #expect(numbers == 65536 - 5)
    }

    static let specials: [(type: String, octets: [UInt8], name: String)] = [
        ("sfloat", [0xFF, 0x07], "not a number"), ("sfloat", [0x00, 0x08], "not at this resolution"),
        ("sfloat", [0xFE, 0x07], "infinity"), ("sfloat", [0x02, 0x08], "negative infinity"),
        ("sfloat", [0x01, 0x08], "a reserved value"), ("float11073", [0xFF, 0xFF, 0x7F, 0x00], "not a number"),
        ("float11073", [0x00, 0x00, 0x80, 0x00], "not at this resolution"),
        ("float11073", [0xFE, 0xFF, 0x7F, 0x00], "infinity"),
        ("float11073", [0x02, 0x00, 0x80, 0x00], "negative infinity"),
        ("float11073", [0x01, 0x00, 0x80, 0x00], "a reserved value"),
    ]

    @Test("patterns that are no numbers mean that there is no value", arguments: specials)
    func special(type: String, octets: [UInt8], name: String) throws {
        let path = try VisitorPath(.double, [("dataType", ConfigNode(.string(type)))])
        let error = #expect(throws: ValueError.self) { try path.read(octets) }
        #expect(error?.code == .notANumber)
        #expect(error?.message == "the device has no value: it says \(name)")
    }

    @Test("infinity and not-a-number of IEEE 754 are no values")
    func notANumber() throws {
        let single = try VisitorPath(.double, [("dataType", "float32")])
        let double = try VisitorPath(.double, [("dataType", "float64")])
        for octets: [UInt8] in [[0, 0, 0x80, 0x7F], [0, 0, 0x80, 0xFF], [0, 0, 0xC0, 0x7F]] {
            #expect(throws: ValueError.self) { try single.read(octets) }
            #expect(throws: ValueError.self) { try double.read([0, 0, 0, 0, 0, 0, 0xF0, octets[3]]) }
        }
    }

    @Test("what a form cannot hold is refused")
    func refused() throws {
        let short = try VisitorPath(.double, [("dataType", "sfloat")])
        #expect(
            short.refusal("36.651") == "36.651 has more digits than a sfloat keeps: ±2045 times a power of ten"
        )
        #expect(short.refusal("0.000000001") != nil)
        #expect(short.refusal("20460000000") != nil)
        let single = try VisitorPath(.double, [("dataType", "float32")])
        #expect(single.refusal("16777217") == "16777217 cannot be stored in a float32")
        #expect(single.refusal("1e39") == "1000000000000000000000000000000000000000 does not fit a float32")
        #expect(single.refusal("1e-60") != nil)
        #expect(
            try VisitorPath(.double, [("dataType", "uint8")]).refusal("1.5")
                == "1.5 is no multiple of 1, in which uint8 counts"
        )
    }

    @Test("scaled whole numbers carry no binary noise")
    func scaled() throws {
        let path = try VisitorPath(.float, [("dataType", "int16"), ("scale", 0.01)])
        #expect(try path.read([0xF8, 0x08]) == "22.96")
        #expect(try path.read([0x0C, 0xFE]) == "-5")
        #expect(try path.write("22.96") == [0xF8, 0x08])
        #expect(path.refusal("22.965") != nil)
    }

    @Test("markers for no value, also as the negative number they are read as")
    func markers() throws {
        let path = try VisitorPath(.float, [("dataType", "int16"), ("scale", 0.01), ("noValue", "0x8000")])
        #expect(path.refusal([0x00, 0x80]) == "the device has no value: it holds -32768, which stands for that")
    }
}
