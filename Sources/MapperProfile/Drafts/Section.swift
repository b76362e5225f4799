// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads one group of keys of KubeEdge's own forms, and complains where something else stands than they allow.
struct Section {
    let location: SourceLocation?
    /// What the group belongs to, for complaints: `device 'boiler'`.
    let subject: String
    let findings: Findings
    let entries: [ConfigNode.Entry]

    /// Takes a group; complains about anything else.
    init?(_ node: ConfigNode, _ subject: String, _ findings: Findings) {
        guard let entries = node.entries else {
            findings.error(at: node.location, "\(subject): expected a group of keys, not \(node.described)")
            return nil
        }
        self.init(entries: entries, at: node.location, subject, findings)
    }

    private init(entries: [ConfigNode.Entry], at location: SourceLocation?, _ subject: String, _ findings: Findings) {
        self.entries = entries
        self.location = location
        self.subject = subject
        self.findings = findings
    }

    /// The same group under another name.
    func named(_ subject: String) -> Section {
        Section(entries: entries, at: location, subject, findings)
    }

    /// The same group under the name of the Kubernetes object it is.
    func namedAsObject(_ kind: String) -> Section {
        let name = section("metadata")?.text("name")
        return named(name.map { "\(kind) '\($0)'" } ?? kind)
    }

    /// The group as a tree.
    var node: ConfigNode { ConfigNode(.mapping(entries), at: location) }

    /// The value of a key; `nil` when it is missing or nothing, which mean the same in KubeEdge's forms.
    subscript(key: String) -> ConfigNode? {
        entry(key)?.value
    }

    /// Whether a key is there, even with nothing as its value.
    func has(_ key: String) -> Bool {
        entries.contains { $0.key == key }
    }

    /// The place of a key's value, or of the group.
    func place(of key: String) -> SourceLocation? {
        entry(key)?.value.location ?? location
    }

    func error(at location: SourceLocation?, _ message: String) {
        findings.error(at: location, "\(subject): \(message)")
    }

    func warning(at location: SourceLocation?, _ message: String) {
        findings.warning(at: location, "\(subject): \(message)")
    }

    /// The text of a key; complains about values of other kinds.
    func text(_ key: String) -> String? {
        guard let node = self[key] else { return nil }
        if let text = node.string { return text }
        let hint = node.scalar.map { ": write \"\($0)\"" } ?? ""
        error(at: node.location, "'\(key)' must be text, not \(node.described)\(hint)")
        return nil
    }

    /// The text of a key that must be there and not be empty.
    func requiredText(_ key: String) -> String? {
        guard self[key] != nil else {
            let near = entries.map(\.key).first { $0 != key && $0.lowercased() == key.lowercased() }
            error(
                at: location,
                "'\(key)' is missing\(near.map { " (keys are case-sensitive: '\($0)' is not it)" } ?? "")"
            )
            return nil
        }
        guard let text = text(key) else { return nil }
        if text.isEmpty { error(at: place(of: key), "'\(key)' must not be empty") }
        return text.isEmpty ? nil : text
    }

    /// The truth value of a key; complains about values of other kinds.
    func flag(_ key: String) -> Bool? {
        guard let node = self[key] else { return nil }
        switch node.content {
        case .boolean(let value): return value
        default:
            error(at: node.location, "'\(key)' must be true or false, not \(node.described)")
            return nil
        }
    }

    /// The group under a key; complains about values of other kinds.
    func section(_ key: String) -> Section? {
        guard let node = self[key] else { return nil }
        guard let entries = node.entries else {
            error(at: node.location, "'\(key)' must be a group of keys, not \(node.described)")
            return nil
        }
        return Section(entries: entries, at: node.location, subject, findings)
    }

    /// The groups in the list under a key; complains about values of other kinds.
    func sections(_ key: String) -> [Section] {
        guard let node = self[key] else { return [] }
        guard let elements = node.elements else {
            error(at: node.location, "'\(key)' must be a list, not \(node.described)")
            return []
        }
        return elements.compactMap { element in
            if element.isNull { return nil }
            return Section(element, "\(subject), '\(key)'", findings)?.named(subject)
        }
    }

    /// The texts in the list under a key, with their places; complains about values of other kinds.
    func texts(_ key: String) -> [(text: String, location: SourceLocation?)] {
        guard let node = self[key] else { return [] }
        guard let elements = node.elements else {
            error(at: node.location, "'\(key)' must be a list, not \(node.described)")
            return []
        }
        return elements.compactMap { element in
            if let text = element.string { return (text, element.location) }
            error(at: element.location, "'\(key)' must be a list of texts, not of \(element.described)")
            return nil
        }
    }

    /// Warns about keys that mean nothing here.
    func warnAboutKeys(otherThan allowed: [String]) {
        for entry in entries where !allowed.contains(entry.key) {
            let suggestion = findings.suggestion(for: entry.key, in: allowed)
            let known = allowed.joined(separator: ", ") + (allowed.count == 1 ? " is" : " are")
            warning(at: entry.keyLocation, "unknown key '\(entry.key)'\(suggestion) (\(known) allowed)")
        }
    }

    private func entry(_ key: String) -> ConfigNode.Entry? {
        entries.first { $0.key == key && !$0.value.isNull }
    }
}
