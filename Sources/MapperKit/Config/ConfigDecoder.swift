// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Turns configuration trees into a program's own types, and complains with file, line and column.
///
/// All problems of a tree are found in one go: after the first one decoding goes on with a stand-in value, and the
/// result is thrown away at the end. Keys that the type never asks for are warnings. As KubeEdge's samples quote
/// numbers in one version and not in the next, `"502"` is as good as `502`; and as KubeEdge from v1.15 on delivers neither
/// groups nor lists inside a configuration, JSON text of one is as good as the group or list itself. Only a type that throws an error of its own
/// hides what comes after it; checks across keys belong into the `check` of a ``DeviceDriver``.
public struct ConfigDecoder {
    /// What came of decoding.
    public struct Outcome<Value> {
        /// The value; `nil` when there were errors.
        public var value: Value?
        /// Errors and warnings, in the order of the file.
        public var diagnostics: [Diagnostic]
    }

    /// Decodes a tree.
    ///
    /// - Parameters:
    ///   - type: What to make of it.
    ///   - node: The tree; nothing (`null`) is taken as a group without keys.
    ///   - subject: What the tree is called in complaints, for example `visitor of 'temperature'`.
    ///   - userInfo: What the type may ask its decoder for.
    public static func decode<Value: Decodable>(
        _ type: Value.Type,
        from node: ConfigNode,
        subject: String,
        userInfo: [CodingUserInfoKey: any Sendable] = [:]
    ) -> Outcome<Value> {
        let complaints = ConfigComplaints(subject: subject, userInfo: userInfo)
        let content = node.isNull ? ConfigNode(.mapping([]), at: node.location) : node
        let decoder = ConfigNodeDecoder(node: content, name: nil, complaints: complaints, codingPath: [])
        let value = decoder.value(of: type)
        complaints.warnAboutUnknownKeys()
        let diagnostics = complaints.inOrder
        return Outcome(value: diagnostics.containsErrors ? nil : value, diagnostics: diagnostics)
    }
}

/// Collects what is wrong while one tree is decoded.
final class ConfigComplaints {
    /// A group with more unknown keys than this was meant for something else, and nobody reads a warning for each.
    private static let shownUnknownKeys = 100

    /// What the types that are decoded may ask for.
    let userInfo: [CodingUserInfoKey: any Sendable]
    private let subject: String
    private var diagnostics: [Diagnostic] = []
    private var groups: [Group] = []
    /// Greater than 0 while a stand-in is made: what is missing there was reported already.
    private var silence = 0

    private struct Group {
        /// The keys that lead to it; its place in the file may be another group's too, or unknown.
        var path: [String]
        var entries: [ConfigNode.Entry]
        var known: Set<String>
    }

    init(subject: String, userInfo: [CodingUserInfoKey: any Sendable]) {
        self.subject = subject
        self.userInfo = userInfo
    }

    /// What was found, first places first.
    var inOrder: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            let a = left.element.location.map { ($0.line, $0.column) } ?? (0, 0)
            let b = right.element.location.map { ($0.line, $0.column) } ?? (0, 0)
            return (a.0, a.1, left.offset) < (b.0, b.1, right.offset)
        }.map(\.element)
    }

    func error(at location: SourceLocation?, _ message: String) {
        guard silence == 0 else { return }
        diagnostics.append(.error(at: location, "\(subject): \(message)"))
    }

    /// Makes a value that stands in for a missing or broken one, without complaining about its parts.
    func silently<Value>(_ body: () -> Value?) -> Value? {
        silence += 1
        defer { silence -= 1 }
        return body()
    }

    /// Registers a mapping whose keys are about to be asked for; returns its number.
    func open(_ entries: [ConfigNode.Entry], at path: [any CodingKey]) -> Int {
        let entries = silence == 0 ? entries : []
        groups.append(Group(path: path.map(\.stringValue), entries: entries, known: []))
        return groups.count - 1
    }

    /// How many mappings were opened so far.
    var groupCount: Int { groups.count }

    /// Forgets mappings whose type gave up before it had asked for all its keys.
    func abandonGroups(from mark: Int) {
        for index in mark..<groups.count { groups[index].entries = [] }
    }

    func ask(_ key: String, in group: Int) {
        groups[group].known.insert(key)
    }

    func warnAboutUnknownKeys() {
        // Several containers may look at one mapping (a type and a part decoded from the same keys).
        let byPath = Dictionary(grouping: groups.filter { !$0.entries.isEmpty }, by: \.path)
        for groups in byPath.values {
            guard let entries = groups.first?.entries else { continue }
            let known = groups.reduce(into: Set<String>()) { $0.formUnion($1.known) }
            warn(about: entries.filter { !known.contains($0.key) }, known: known)
        }
    }

    private func warn(about unknown: [ConfigNode.Entry], known: Set<String>) {
        guard !unknown.isEmpty else { return }
        let verb = known.count == 1 ? "is" : "are"
        let allowed = known.isEmpty ? "no keys are" : "\(known.sorted().joined(separator: ", ")) \(verb)"
        for entry in unknown.prefix(Self.shownUnknownKeys) {
            let suggestion = known.count > 1000 ? "" : Spelling.suggestion(for: entry.key, in: known)
            diagnostics.append(
                .warning(
                    at: entry.keyLocation,
                    "\(subject): unknown key '\(entry.key)'\(suggestion) (\(allowed) allowed)"
                )
            )
        }
        guard unknown.count > Self.shownUnknownKeys else { return }
        diagnostics.append(
            .warning(
                at: unknown[Self.shownUnknownKeys].keyLocation,
                "\(subject): \(unknown.count - Self.shownUnknownKeys) more unknown keys are not shown"
            )
        )
    }
}
