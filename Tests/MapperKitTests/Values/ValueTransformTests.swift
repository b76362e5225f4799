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
