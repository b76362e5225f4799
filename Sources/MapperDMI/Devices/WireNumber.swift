// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds the number that EdgeCore made a 32-bit float of: the shortest decimal that gives the same float.
///
/// EdgeCore turns every number in `configData` into a `google.protobuf.FloatValue`, whole ones too
/// (`edge/pkg/devicetwin/dtcommon/util.go` at v1.23.1).
struct WireNumber {
    /// From here on not every whole number is a float.
    private static let wholeLimit: Float = 16_777_216
    /// Any decimal with fewer digits is the only one of that length for its float.
    private static let certainDigits = 6

    /// The number; `nil` for what no file can hold.
    let content: ConfigNode.Content?
    /// Whether another number may have been written that became the same float.
    let isDoubtful: Bool

    init(_ value: Float) {
        guard value.isFinite else {
            (content, isDoubtful) = (nil, true)
            return
        }
        if value == value.rounded() {
            content = Int64(exactly: value).map(ConfigNode.Content.int) ?? .double(Double(value))
            isDoubtful = abs(value) >= Self.wholeLimit
            return
        }
        let text = value.description
        let number = Double(text) ?? Double(value)
        content = .double(number)
        // A decimal that is a float exactly was hardly meant to be another one.
        isDoubtful = number != Double(value) && Self.digits(text) > Self.certainDigits
    }

    /// How many digits of a decimal count.
    private static func digits(_ text: String) -> Int {
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isWholeNumber)
        return mantissa.drop { $0 == "0" }.count
    }
}
