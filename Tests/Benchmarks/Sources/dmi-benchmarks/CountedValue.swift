// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a property's value, which tells whose it is and how far its counter was.
struct CountedValue: Hashable, Sendable {
    /// More counts than these do not fit.
    static let limit = 1_000_000

    /// The property's number among those of all devices.
    var number: Int
    var count: Int

    /// The value as one number.
    var code: Int64 { Int64(number) * Int64(Self.limit) + Int64(count) }

    init(number: Int, count: Int) {
        (self.number, self.count) = (number, count)
    }

    /// Reads the number; `nil` for a text that is none.
    init?(_ text: Substring) {
        guard let code = Int(text), code >= 0 else { return nil }
        (number, count) = code.quotientAndRemainder(dividingBy: Self.limit)
    }
}
