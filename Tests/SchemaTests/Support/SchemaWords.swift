// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says what a schema has for a key in the words of the READMEs' tables.
struct SchemaWords {
    let schema: ConfigNode

    /// The words or numbers that are allowed; empty where there is no list of them.
    var choices: [ConfigNode] {
        let all = schema["enum"]?.elements ?? schema["anyOf"]?.elements?.first?["enum"]?.elements ?? []
        let numbers = all.filter { if case .int = $0.content { true } else { false } }
        // Numbers are there a second time, as texts.
        return numbers.isEmpty ? all.filter { !$0.isNull } : numbers
    }

    /// Whether a table leaves the words to another one.
    var isListedElsewhere: Bool { choices.count > 7 && choices.first?.string != nil }

    /// How the cell about type and range has to begin, or what it has to hold; `nil` where words are free.
    var range: String? {
        if isListedElsewhere { return "see below" }
        if choices.count > 7 { return "\(choices[0].json)…\(choices[choices.count - 1].json)" }
        if choices.first?.string != nil { return choices.map { "`\($0.string ?? "")`" }.joined(separator: ", ") }
        if !choices.isEmpty { return choices.map(\.json).joined(separator: ", ") }
        let kind = schema["type"]?.elements?.first?.string
        guard kind == "integer" || kind == "number" else {
            return kind == "boolean" ? "true, false" : kind == "array" ? "list" : kind == "object" ? "group" : nil
        }
        guard let minimum = schema["minimum"]?.json else { return schema["pattern"] == nil ? nil : "number" }
        guard let maximum = schema["maximum"]?.json else { return "\(minimum)…" }
        guard case .int(let first)? = schema["not"]?["minimum"]?.content,
            case .int(let last)? = schema["not"]?["maximum"]?.content
        else { return "\(minimum)…\(maximum)" }
        let upper = "\(last + 1)" == maximum ? maximum : "\(last + 1)…\(maximum)"
        return "\(minimum)…\(first - 1), \(upper)"
    }

    /// The unit that the description says.
    var unit: String {
        let words = description.split { " ,.;".contains($0) }
        return zip(words, words.dropFirst()).first { $0 == "in" && ["ms", "bytes", "Bd"].contains($1) }
            .map { String($0.1) } ?? ""
    }

    /// The default that the description says; empty for a key that says none.
    var describedDefault: String {
        guard let mark = description.firstRange(of: "Default: ") else { return "" }
        let text = description[mark.upperBound...]
        return String(text.hasSuffix(".") ? text.dropLast() : text)
    }

    /// The default as a value, as a table has it; `nil` for none.
    var defaultValue: String? {
        schema["default"].map { value in value.string.map { "`\($0)`" } ?? value.json }
    }

    var description: String { schema["description"]?.string ?? "" }
}
