// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("Transforms")
struct ValueTransformTests {
    @Test(
        "Scaling is exact in decimals",
        arguments: [
            (ValueTransform(scale: 0.1), PropertyValue.int(215), "21.5"), (ValueTransform(scale: 0.1), .int(3), "0.3"),
            (ValueTransform(scale: 0.01, offset: -40), .int(6150), "21.5"), (ValueTransform(scale: 10), .int(7), "70"),
            (ValueTransform(scale: 0.001), .int(-1234567), "-1234.567"),
            (ValueTransform(scale: 0.1), .float(23.1), "2.31"),
            (ValueTransform(scale: 1, offset: 0.2), .double(0.1), "0.3"), (.identity, .int(5), "5"),
            (ValueTransform(scale: 0.1), .string("x"), "x"), (ValueTransform(scale: 0.1), .boolean(true), "true"),
        ]
    )
    func scale(transform: ValueTransform, raw: PropertyValue, text: String) throws {
        #expect(try transform.value(ofRaw: raw).text == text)
    }

    @Test(
        "Every step of a scaled register comes back as itself",
        arguments: [0.1, 0.01, 0.001, 0.25, 0.5, 2, 10, 1e-6]
    )
    func inverse(scale: Double) throws {
        for offset in [0, -40, 0.5] {
            let transform = ValueTransform(scale: scale, offset: offset)
            for raw in stride(from: Int64(-32768), through: 65535, by: 101) {
                #expect(
                    try transform.raw(of: transform.value(ofRaw: .int(raw))) == .int(raw),
                    "\(raw) × \(scale) + \(offset)"
                )
            }
        }
    }

    @Test(
        "However large a number, what is not a step is no whole number",
        arguments: [
            (0.1, "123456789.04"), (0.001, "1234567890.1234"), (0.1, "0.05"), (3, "10"), (0.01, "99999999.999"),
        ] as [(Double, String)]
    )
    func largeFractions(scale: Double, text: String) throws {
        let value = try PropertyValue(parsing: text, as: .double)
        guard case .double = try ValueTransform(scale: scale).raw(of: value) else {
            Issue.record("\(text) is no whole number of steps of \(scale)")
            return
        }
    }

    @Test("Whole numbers of 64 bits stay exact", arguments: [(1.0, 1.0), (2, 0), (1, -7), (10, 5)])
    func exactIntegers(scale: Double, offset: Double) throws {
        let transform = ValueTransform(scale: scale, offset: offset)
        for raw in [9_007_199_254_740_993, -9_007_199_254_740_995, 0, 1] as [Int64] {
            let value = try transform.value(ofRaw: .int(raw))
            #expect(value == .int(raw * Int64(scale) + Int64(offset)))
            #expect(try transform.raw(of: value) == .int(raw))
        }
    }

    @Test("A value between two steps stays a fraction, for the driver to refuse")
    func betweenSteps() throws {
        guard case .double(let raw) = try ValueTransform(scale: 0.1).raw(of: .double(21.53)) else {
            Issue.record("21.53 is no whole number of tenths")
            return
        }
        #expect(abs(raw - 215.3) < 1e-9)
    }
}

@Suite("What becomes of a raw number")
struct ValueMeaningTests {
    private func code(_ body: () throws -> PropertyValue) -> ValueError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? ValueError)?.code
        }
    }

    @Test(
        "Results are rounded to decimals, without a negative zero",
        arguments: [
            (ValueTransform(decimals: 1), PropertyValue.float(21.4837), "21.5"),
            (ValueTransform(decimals: 1), .double(-0.04), "0"), (ValueTransform(decimals: 0), .double(2.5), "3"),
            (ValueTransform(scale: 0.01, decimals: 1), .int(2155), "21.6"),
            (ValueTransform(scale: 1.0 / 3, decimals: 2), .int(10), "3.33"),
            (ValueTransform(scale: 2, decimals: 1), .int(10), "20"), (ValueTransform(scale: -0.1), .int(0), "0"),
        ]
    )
    func decimals(transform: ValueTransform, raw: PropertyValue, text: String) throws {
        #expect(try transform.value(ofRaw: raw).text == text)
    }

    @Test("A value with more decimals than are kept is refused, one with as many comes back")
    func decimalsWritten() throws {
        let transform = ValueTransform(scale: 0.001, decimals: 1)
        #expect(try transform.raw(of: .double(21.5)) == .int(21500))
        #expect(code { try transform.raw(of: .double(21.53)) } == .notRepresentable)
        #expect(try ValueTransform(decimals: 1).raw(of: .double(21.5)) == .double(21.5))
    }

    private static let modes = ValueEnumeration([0: "off", 1: "heat", 2: "auto"])

    @Test("An enumeration names raw numbers both ways; a stranger is its own digits where the property is text")
    func enumeration() throws {
        let transform = ValueTransform(enumeration: Self.modes)
        #expect(try transform.value(ofRaw: .int(1), as: .string) == .string("heat"))
        #expect(try transform.value(ofRaw: .boolean(true), as: .string) == .string("heat"))
        #expect(try transform.value(ofRaw: .int(7), as: .string) == .string("7"))
        #expect(try transform.raw(of: .string("auto")) == .int(2))
        let message = "'Heat' is none of 'off', 'heat', 'auto', did you mean 'heat'?"
        #expect { try transform.raw(of: .string("Heat")) } throws: { "\($0)" == message }
        #expect(code { try transform.raw(of: .string("1")) } == .outOfRange)
    }

    @Test("An enumeration gives numbers and truth values too, and refuses strangers there")
    func typedEnumeration() throws {
        let rates = ValueTransform(enumeration: ValueEnumeration([0: "9600", 1: "19200"]))
        #expect(try rates.value(ofRaw: .int(1), as: .int) == .int(19200))
        #expect(try rates.raw(of: .int(19200)) == .int(1))
        #expect(code { try rates.value(ofRaw: .int(2), as: .int) } == .outOfRange)
        let inverted = ValueTransform(enumeration: ValueEnumeration([0: "true", 1: "false"]))
        #expect(try inverted.value(ofRaw: .int(0), as: .boolean) == .boolean(true))
        #expect(try inverted.raw(of: .boolean(false)) == .int(1))
    }

    @Test(
        "Markers and what is no number mean that there is no value",
        arguments: [
            (NoValue([.int(32768)]), PropertyValue.int(32768)), (NoValue([.int(32768)], signedBits: 16), .int(-32768)),
            (NoValue([.int(0x8000_0000)], signedBits: 32), .int(Int64(Int32.min))), (NoValue([.int(-1)]), .int(-1)),
            (NoValue([.int(65535)], signedBits: 16), .int(-1)), (NoValue([.double(-9999.5)]), .float(-9999.5)),
            (NoValue([.int(-9999)]), .double(-9999)), (NoValue([.double(0.1)]), .float(0.1)),
            (NoValue([.string("18446744073709551615")]), .double(0x1p64)),
            (NoValue([.string("18446744073709551615")]), .string("18446744073709551615")),
            (NoValue([.string("18446744073709551615")], signedBits: 64), .int(-1)), (.none, .double(.nan)),
            (.none, .float(.infinity)),
        ]
    )
    func noValue(markers: NoValue, raw: PropertyValue) {
        let transform = ValueTransform(scale: 0.1, noValue: markers)
        #expect(code { try transform.value(ofRaw: raw) } == .notANumber)
    }

    @Test(
        "Neighbours of markers are values",
        arguments: [
            (NoValue([.int(32768)]), PropertyValue.int(-32768)),
            (NoValue([.int(32768)], signedBits: 32), .int(-32768)),
            (NoValue([.int(9_007_199_254_740_992)]), .int(9_007_199_254_740_993)),
            (NoValue([.int(65535)], signedBits: 16), .float(-1)), (NoValue([.int(1)]), .boolean(true)),
        ]
    )
    func values(markers: NoValue, raw: PropertyValue) {
        #expect(throws: Never.self) { try ValueTransform(noValue: markers).value(ofRaw: raw) }
    }

    @Test("A value that would be written as a marker is refused")
    func markerWritten() throws {
        let transform = ValueTransform(scale: 0.1, noValue: NoValue([.int(32768)], signedBits: 16))
        #expect(code { try transform.raw(of: .double(3276.8)) } == .notRepresentable)
        #expect(code { try transform.raw(of: .double(-3276.8)) } == .notRepresentable)
        #expect(try transform.raw(of: .double(3276.7)) == .int(32767))
    }

    @Test("What grows beyond a double is out of range, not infinite")
    func overflow() {
        let transform = ValueTransform(scale: 1e300)
        #expect(code { try transform.value(ofRaw: .double(1e300)) } == .outOfRange)
    }

    /// The transform as it is defined, without any short cut: decimals are counted in the numbers' texts.
    private func defined(_ raw: Double, _ scale: Double, _ offset: Double) -> Double {
        func decimals(_ number: Double) -> Int {
            PropertyValue.double(number).text.split(separator: ".").dropFirst().first?.count ?? 0
        }
        func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { power, _ in power * 10 } }
        let divisor = power(decimals(scale))
        let product = raw * (scale * divisor).rounded() / divisor
        guard offset != 0 else { return product }
        let scaled = power(max(decimals(product), decimals(offset)))
        return ((product + offset) * scaled).rounded() / scaled
    }

    @Test(
        "The short cuts for whole raw numbers give the very same doubles",
        arguments: [0.1, 0.01, 0.001, 0.25, 1e-6, 2.5, 0.0125, -0.1, 12.34]
    )
    func shortCuts(scale: Double) throws {
        var generator = SystemRandomNumberGenerator()
        for offset in [0, -40, 0.5, 273.15, -0.001] {
            let transform = ValueTransform(scale: scale, offset: offset)
            for _ in 0..<2000 {
                let raw = Int64.random(in: -4_294_967_296...4_294_967_296, using: &generator)
                let value = try transform.value(ofRaw: .int(raw)).number
                #expect(value == defined(Double(raw), scale, offset), "\(raw) × \(scale) + \(offset)")
            }
        }
    }

    @Test("A float is the number of its shortest text")
    func shortestFloat() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<50_000 {
            let number = Float(bitPattern: .random(in: 0...UInt32.max, using: &generator))
            guard number.isFinite else { continue }
            let value = try PropertyValue.float(number).converted(to: .double)
            #expect(value.number == Double(number.description), "\(number)")
        }
        for number in [0.1, 0.3, 1048576.25, 1e-7, 16777216, 3.4028235e38, 0.5, -0.0] as [Float] {
            #expect(try PropertyValue.float(number).converted(to: .double).number == Double(number.description))
        }
    }
}

@Suite("Limits")
struct ValueRangeTests {
    @Test(
        "Both bounds are included",
        arguments: [(PropertyValue.int(0), true), (.int(100), true), (.int(-1), false), (.int(101), false)]
    )
    func bounds(value: PropertyValue, isAllowed: Bool) {
        let range = ValueRange(minimum: .int(0), maximum: .int(100))
        #expect(((try? range.check(value)) != nil) == isAllowed)
    }

    @Test("A float is not above the limit it is written as")
    func floatAtLimit() throws {
        try ValueRange(maximum: .double(0.1)).check(.float(0.1))
        #expect(throws: ValueError.self) { try ValueRange(maximum: .double(0.1)).check(.float(0.11)) }
    }

    @Test("Neighbours beyond 2^53 are told apart")
    func largeIntegers() throws {
        let range = ValueRange(maximum: .int(9_007_199_254_740_992))
        try range.check(.int(9_007_199_254_740_992))
        #expect(throws: ValueError.self) { try range.check(.int(9_007_199_254_740_993)) }
    }

    @Test("The complaint names the limits")
    func message() {
        let range = ValueRange(minimum: .int(0), maximum: .int(100))
        #expect { try range.check(.int(150)) } throws: { "\($0)" == "150 is outside the model's limits (0…100)" }
    }
}
