// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a whole number times a power of ten, with as few digits as possible.
///
/// Devices count in hundredths and thousandths, which doubles do not have; this keeps them exact.
struct DecimalNumber: Hashable, Sendable {
    let mantissa: Int64
    let exponent: Int

    init(_ mantissa: Int64, exponent: Int = 0) {
        var (rest, power) = (mantissa, mantissa == 0 ? 0 : exponent)
        while rest != 0, rest.isMultiple(of: 10) { (rest, power) = (rest / 10, power + 1) }
        self.mantissa = rest
        self.exponent = power
    }

    /// Takes the number that a value's shortest text means; `nil` for what is no finite number of up to 18 digits.
    init?(_ value: PropertyValue) {
        switch value {
        case .int(let number): self.init(number)
        case .boolean(let isTrue): self.init(isTrue ? 1 : 0)
        case .string(let text):
            if let whole = Int64(text) {
                self.init(whole)
            } else {
                guard let number = try? PropertyValue(parsing: text, as: .double) else { return nil }
                self.init(plain: number.text)
            }
        case .float, .double: self.init(plain: value.text)
        case .bytes: return nil
        }
    }

    /// Reads digits with a point among them, without an exponent.
    private init?(plain text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        var digits = (whole + fraction).drop { $0 == "0" }
        var exponent = -fraction.count
        while digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        guard digits.count <= 18, let mantissa = digits.isEmpty ? 0 : Int64(digits) else { return nil }
        self.init(isNegative ? -mantissa : mantissa, exponent: exponent)
    }

    /// The double nearest to it.
    var double: Double { Double("\(mantissa)e\(exponent)") ?? .nan }

    /// How many steps of this power of ten it is; `nil` where it falls between two, or beyond 64 bits.
    func steps(ofPower power: Int) -> Int64? {
        guard mantissa != 0 else { return 0 }
        guard exponent >= power, exponent - power <= 18 else { return nil }
        var steps = mantissa
        for _ in 0..<(exponent - power) {
            let (product, isTooLarge) = steps.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return nil }
            steps = product
        }
        return steps
    }

    /// The number as text.
    var text: String { PropertyValue.double(double).text }
}
