// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// A piece of JSON to print: keys stay in the order given.
package indirect enum JSONText: Sendable, CustomStringConvertible {
    /// Text.
    case string(String)
    /// Something that is JSON as it stands: a number, `true`, `false`.
    case literal(String)
    /// A list.
    case array([JSONText])
    /// Named values.
    case object([(String, JSONText)])

    /// The form of a property's value: numbers and truth values bare, the rest as text.
    package init(_ value: PropertyValue) {
        switch value {
        case .int, .float, .double, .boolean: self = .literal(value.text)
        case .string, .bytes: self = .string(value.text)
        }
    }

    /// The JSON on one line.
    package var description: String {
        switch self {
        case .string(let text): Self.quoted(text)
        case .literal(let text): text
        case .array(let items): "[\(items.map(\.description).joined(separator: ","))]"
        case .object(let fields):
            "{\(fields.map { "\(Self.quoted($0.0)):\($0.1)" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where LogText.isControl(scalar): quoted += "\\u" + LogText.hexadecimal(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
