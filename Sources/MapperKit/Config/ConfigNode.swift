// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds a piece of configuration that the core carries but does not interpret, every part with its place.
///
/// Files in YAML and JSON become such trees; drivers receive them through ``ConfigDecoder`` as their own types.
/// Two nodes are equal when they mean the same: places, the order of keys and the spelling of numbers do not count.
public struct ConfigNode: Sendable {
    /// One `key: value` of a mapping.
    public struct Entry: Sendable {
        /// The key's text.
        public var key: String
        /// Where the key stands.
        public var keyLocation: SourceLocation?
        /// What it is set to.
        public var value: ConfigNode

        /// Creates an entry.
        public init(_ key: String, at keyLocation: SourceLocation? = nil, _ value: ConfigNode) {
            self.key = key
            self.keyLocation = keyLocation
            self.value = value
        }
    }

    /// What a node can hold.
    public enum Content: Sendable {
        /// Nothing: `null`, `~` or an empty value.
        case null
        /// `true` or `false`.
        case boolean(Bool)
        /// A whole number within 64 bits.
        case int(Int64)
        /// Any other number.
        case double(Double)
        /// Text.
        case string(String)
        /// A list.
        case sequence([ConfigNode])
        /// Named values, in the order of the file, no key twice.
        case mapping([Entry])
    }

    /// What the node holds.
    public var content: Content
    /// Where it stands; `nil` for nodes made by programs.
    public var location: SourceLocation?

    /// Creates a node.
    public init(_ content: Content, at location: SourceLocation? = nil) {
        self.content = content
        self.location = location
    }

    /// The value under a key of a mapping; `nil` when there is none or the node is no mapping.
    public subscript(key: String) -> ConfigNode? {
        entries?.first { $0.key == key }?.value
    }

    /// The entries of a mapping; `nil` for other nodes.
    public var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The elements of a list; `nil` for other nodes.
    public var elements: [ConfigNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }

    /// The text of a string node; `nil` for other nodes.
    public var string: String? {
        guard case .string(let text) = content else { return nil }
        return text
    }

    /// Whether the node holds nothing.
    public var isNull: Bool {
        guard case .null = content else { return false }
        return true
    }

    /// What a person calls such a node: `a number`, `a list` and so on.
    public var kind: String {
        switch content {
        case .null: "nothing"
        case .boolean: "true or false"
        case .int: "a whole number"
        case .double: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }
}

extension ConfigNode: Hashable {
    /// Compares meaning; see the type's description.
    public static func == (left: ConfigNode, right: ConfigNode) -> Bool {
        switch (left.content, right.content) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.int(let a), .double(let b)), (.double(let b), .int(let a)): Double(a) == b
        case (.string(let a), .string(let b)): a == b
        case (.sequence(let a), .sequence(let b)): a == b
        case (.mapping(let a), .mapping(let b)):
            a.count == b.count && holds(EntryIndex(b), all: a)
        default: false
        }
    }

    private static func holds(_ index: EntryIndex, all entries: [Entry]) -> Bool {
        entries.allSatisfy { index[$0.key] == $0.value }
    }

    /// Feeds what equality looks at, whatever the order of keys.
    public func hash(into hasher: inout Hasher) {
        switch content {
        case .null: hasher.combine(0)
        case .boolean(let value): hasher.combine(value)
        case .int(let value): hasher.combine(Double(value))
        case .double(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .sequence(let elements): hasher.combine(elements)
        case .mapping(let entries): hasher.combine(Set(entries.map(\.key)))
        }
    }
}

extension ConfigNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a text node.
    public init(stringLiteral value: String) { self.init(.string(value)) }
    /// Makes a whole number.
    public init(integerLiteral value: Int64) { self.init(.int(value)) }
    /// Makes a number.
    public init(floatLiteral value: Double) { self.init(.double(value)) }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self.init(.boolean(value)) }
    /// Makes a list.
    public init(arrayLiteral elements: ConfigNode...) { self.init(.sequence(elements)) }
    /// Makes a mapping.
    public init(dictionaryLiteral elements: (String, ConfigNode)...) {
        self.init(.mapping(elements.map { Entry($0.0, $0.1) }))
    }
}

extension ConfigNode: Decodable {
    /// Takes a tree as it is; only ``ConfigDecoder`` can do that.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ConfigNodeDecoder else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a configuration tree")
            )
        }
        self = decoder.node
    }
}
