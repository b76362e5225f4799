// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Decodes one node; the three kinds of container are made from it.
struct ConfigNodeDecoder: Decoder {
    let node: ConfigNode
    /// The key the node stands under; `nil` for the root.
    let name: String?
    let complaints: ConfigComplaints
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { complaints.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let entries = node.unfolded.entries
        if entries == nil { complain(expectedPart: "a group of keys") }
        return KeyedDecodingContainer(KeyedConfigContainer(decoder: self, entries: entries ?? []))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let elements = node.unfolded.elements
        if elements == nil { complain(expectedPart: "a list") }
        return UnkeyedConfigContainer(decoder: self, elements: elements ?? [])
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SingleConfigContainer(decoder: self)
    }

    /// Makes a value of any type out of the node, or a stand-in after a complaint; `nil` if not even that can be made.
    func value<Value: Decodable>(of type: Value.Type) -> Value? {
        if Value.self == ConfigNode.self { return node as? Value }
        if let choices = ConfigChoices(of: type) { return choice(among: choices) }
        let mark = complaints.groupCount
        do {
            return try Value(from: self)
        } catch let error as DecodingError {
            if case .dataCorrupted(let context) = error { complain(context.debugDescription) }
        } catch is ConfigNode.NoStandIn {
            // The reason has been said where it arose.
        } catch {
            complain(String(describing: error))
        }
        complaints.abandonGroups(from: mark)
        return nil
    }

    /// Makes a value that only keeps decoding going; the complaint was made before.
    func standIn<Value: Decodable>(for type: Value.Type) -> Value? {
        complaints.silently {
            let empty = ConfigNode(.mapping([]), at: node.location)
            return ConfigNodeDecoder(node: empty, name: name, complaints: complaints, codingPath: codingPath)
                .value(of: type)
        }
    }

    func complain(expected: String) {
        complain("\(label) must be \(expected), not \(node.briefly)")
    }

    /// Complains about anything that should have parts.
    private func complain(expectedPart what: String) {
        complain(expected: node.string == nil ? what : "\(what), or JSON text of one")
    }

    func complain(_ message: String) {
        complaints.error(at: node.location, message)
    }

    /// What the node is called in a sentence.
    var label: String { name.map { "'\($0)'" } ?? "it" }

    private func choice<Value: Decodable>(among choices: ConfigChoices<Value>) -> Value? {
        let text = node.scalarText ?? ""
        if let value = choices.value(of: text) { return value }
        let allowed = choices.texts.joined(separator: ", ")
        if node.scalarText == nil {
            complain(expected: "one of \(allowed)")
        } else {
            let suggestion = Spelling.suggestion(for: text, in: choices.texts)
            complain("\(label) is '\(text)'\(suggestion) (\(allowed) are allowed)")
        }
        return choices.first
    }
}

extension ConfigNode {
    /// Ends decoding where no value can stand in for a missing one.
    struct NoStandIn: Error {}

    /// The text of a scalar however it was written; `nil` for lists, groups and nothing.
    var scalarText: String? {
        switch content {
        case .string(let text): text
        case .int(let value): String(value)
        case .double(let value): PropertyValue.double(value).text
        case .boolean(let value): value ? "true" : "false"
        case .null, .sequence, .mapping: nil
        }
    }

    /// The node in a complaint: its text if short, else its kind.
    var briefly: String {
        guard let scalarText, scalarText.count <= 40 else { return kind }
        return "'\(scalarText)'"
    }
}

/// The allowed texts of an enumeration, found without its help.
struct ConfigChoices<Value> {
    private let pairs: [(text: String, value: Value)]

    /// Fails for types that are no enumerations of texts with known cases.
    init?(of type: Value.Type) {
        guard let type = type as? any CaseIterable.Type else { return nil }
        let pairs = Self.cases(of: type).compactMap { item -> (String, Value)? in
            guard let raw = item as? any RawRepresentable, let text = raw.rawValue as? String,
                let value = item as? Value
            else { return nil }
            return (text, value)
        }
        guard !pairs.isEmpty else { return nil }
        self.pairs = pairs
    }

    var texts: [String] { pairs.map(\.text) }

    var first: Value? { pairs.first?.value }

    func value(of text: String) -> Value? {
        pairs.first { $0.text == text }?.value
    }

    private static func cases<Cases: CaseIterable>(of type: Cases.Type) -> [Any] {
        Array(type.allCases)
    }
}
