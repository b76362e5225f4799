// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ConfigNode {
    /// The node as JSON on one line; `nil` when that takes more than so many characters.
    func jsonText(atMost limit: Int) -> String? {
        var text = ""
        appendJSON(to: &text, limit)
        return text.count <= limit ? text : nil
    }

    /// Appends the node, but not much more than the limit.
    private func appendJSON(to text: inout String, _ limit: Int) {
        guard text.utf8.count <= 4 * limit else { return }
        switch content {
        case .null: text += "null"
        case .string(let string): text += Self.quoted(string)
        case .sequence(let elements):
            text += "["
            for (index, element) in elements.prefix(limit).enumerated() {
                if index > 0 { text += ", " }
                element.appendJSON(to: &text, limit)
            }
            text += "]"
        case .mapping(let entries):
            text += "{"
            for (index, entry) in entries.prefix(limit).enumerated() {
                text += (index > 0 ? ", " : "") + Self.quoted(entry.key) + ": "
                entry.value.appendJSON(to: &text, limit)
            }
            text += "}"
        case .boolean, .int, .double: text += scalar ?? ""
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                quoted += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
