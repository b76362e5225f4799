// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A span of time as a setting: `500ms`, `90s`, `10m`, `1h`, or a plain number of seconds.
package struct DurationText: Decodable {
    /// The span, if one was given.
    var duration: Duration?

    package init(from decoder: any Decoder) throws {
        let text = try? decoder.singleValueContainer().decode(String.self)
        guard let text, !text.isEmpty else { return }
        guard let duration = Self.parse(text) else {
            let message = "'\(text)' is no span of time (500ms, 90s, 10m, 1h or a number of seconds are allowed)"
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: message)
            )
        }
        self.duration = duration
    }

    /// Reads the text; `nil` if it is none, negative, or beyond a year.
    package static func parse(_ text: String) -> Duration? {
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(text.dropLast(unit.suffix.count)), number.isFinite, number >= 0
        else { return nil }
        let seconds = number * unit.seconds
        guard seconds <= 31_536_000 else { return nil }
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }
}
