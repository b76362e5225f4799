// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Reads times as people write them in faults.
enum FaultTime {
    /// Longer ones are typing errors.
    private static let longest = 86400.0

    /// Reads `300us`, `20ms`, `1.5s`, `2m`.
    static func read(_ text: Substring) throws(FaultMistake) -> Duration {
        let units: [(suffix: String, seconds: Double)] = [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60)]
        if let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(text.dropLast(unit.suffix.count)), number >= 0, number * unit.seconds <= longest
        {
            return .nanoseconds(Int64((number * unit.seconds * 1e9).rounded()))
        }
        throw FaultMistake(message: "'\(text)' is no time up to a day (300us, 20ms, 1.5s, 2m are)")
    }
}

/// Tells what is wrong with a fault's text, and what is allowed.
struct FaultMistake: Error {
    var message: String
}
