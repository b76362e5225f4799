// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Makes a model's property out of what the versions all say about it, each in its own place.
struct ModelPropertyReader {
    /// The property, for complaints.
    let section: Section

    /// Reads a data type's word; KubeEdge writes it in small letters, in capitals, and `integer` in samples.
    func dataType(_ word: String, at location: SourceLocation?) -> DataType? {
        switch word.lowercased() {
        case "integer": return .int
        case "bool": return .boolean
        case let lowered:
            if let type = DataType(rawValue: lowered) { return type }
            let words = DataType.allCases.map(\.rawValue)
            let suggestion = section.findings.suggestion(for: word, in: words)
            section.error(
                at: location,
                "the type is '\(word)'\(suggestion) (\(words.joined(separator: ", ")) are allowed)"
            )
            return nil
        }
    }

    /// Reads who may set the property; without a word it is the device alone.
    func accessMode(in group: Section) -> AccessMode? {
        guard group["accessMode"] != nil else {
            section.warning(at: group.location, "'accessMode' is missing: taken as ReadOnly")
            return .readOnly
        }
        guard let word = group.text("accessMode") else { return nil }
        if let mode = AccessMode(rawValue: word) { return mode }
        let words = AccessMode.allCases.map(\.rawValue)
        let suggestion = section.findings.suggestion(for: word, in: words)
        section.error(
            at: group.place(of: "accessMode"),
            "'accessMode' is '\(word)'\(suggestion) (\(words.joined(separator: ", ")) are allowed)"
        )
        return nil
    }

    /// Reads the limits.
    ///
    /// - Parameter zeroMeansNone: CloudCore writes 0 for a limit the model does not give (v1alpha1, v1alpha2), so 0 and 0
    ///   bound nothing, and of a pair in the wrong order the 0 bounds nothing.
    func range(in group: Section, type: DataType, zeroMeansNone: Bool) -> ValueRange {
        var range = ValueRange(
            minimum: limit("minimum", in: group, type: type),
            maximum: limit("maximum", in: group, type: type)
        )
        let isUnset = zeroMeansNone && range.minimum?.number == 0 && range.maximum?.number == 0
        guard type.isNumeric, !isUnset else {
            if !isUnset, range != ValueRange() {
                section.warning(
                    at: group.location,
                    "'minimum' and 'maximum' mean nothing for values of type \(type.rawValue)"
                )
            }
            return ValueRange()
        }
        if zeroMeansNone, range.isEmpty {
            if range.minimum?.number == 0 { range.minimum = nil }
            if range.maximum?.number == 0 { range.maximum = nil }
        }
        if range.isEmpty {
            let (low, high) = (range.minimum?.text ?? "", range.maximum?.text ?? "")
            section.error(at: group.place(of: "minimum"), "'minimum' \(low) is above 'maximum' \(high)")
            return ValueRange()
        }
        return range
    }

    private func limit(_ key: String, in group: Section, type: DataType) -> PropertyValue? {
        guard let node = group[key], let text = node.scalar, !text.isEmpty else {
            if let node = group[key], node.scalar == nil {
                section.error(at: node.location, "'\(key)' must be a number, not \(node.described)")
            }
            return nil
        }
        let wanted: DataType = type.isNumeric ? type : .double
        if let value = try? PropertyValue(parsing: text, as: wanted) { return value }
        // A whole number may well be bounded by 0.5 or 1e3.
        if let value = try? PropertyValue(parsing: text, as: .double) { return value }
        section.error(at: node.location, "'\(key)' must be a number, not \(node.described)")
        return nil
    }
}
