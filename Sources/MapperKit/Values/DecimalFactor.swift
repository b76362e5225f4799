// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a number as a whole number over a power of ten, where its shortest decimal text allows.
struct DecimalFactor: Hashable, Sendable {
    /// The whole number; the number itself where there is none.
    let mantissa: Double
    /// The power of ten it is divided by; 1 where there is none.
    let divisor: Double
    /// How many decimals the number has; `nil` where it has too many to be computed with exactly.
    let decimals: Int?

    init(_ value: Double) {
        let decimals = Self.decimals(of: value)
        let power = Self.powerOfTen(decimals)
        let scaled = (value * power).rounded()
        // Beyond this the parts would not be exact any more; the plain product is then the better one.
        let isExact = decimals <= 15 && abs(scaled) < 9e15
        mantissa = isExact ? scaled : value
        divisor = isExact ? power : 1
        self.decimals = isExact ? decimals : nil
    }

    func multiply(_ number: Double) -> Double { number * mantissa / divisor }

    func divide(_ number: Double) -> Double { number * divisor / mantissa }

    /// Removes the binary noise behind a number's last decimal.
    static func round(_ number: Double, toDecimals decimals: Int) -> Double {
        let power = powerOfTen(decimals)
        guard decimals <= 15, abs(number * power) < 9e15 else { return number }
        return (number * power).rounded() / power
    }

    /// How many decimals a number's shortest text has.
    static func decimals(of value: Double) -> Int {
        let text = PropertyValue.double(value).text
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }

    /// Multiplied up, as every power of ten below 10^23 is exact.
    static func powerOfTen(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<min(exponent, 300) { power *= 10 }
        return power
    }
}
