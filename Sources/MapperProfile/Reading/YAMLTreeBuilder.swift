// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Builds trees from YAML's events, one for each document.
struct YAMLTreeBuilder: ~Copyable {
    private struct Anchored {
        var node: ConfigNode
        var nodes: Int
        var depth: Int

        mutating func include(_ child: Anchored) {
            nodes += child.nodes
            depth = max(depth, child.depth + 1)
        }
    }

    private var source: YAMLEventSource
    private let file: String
    private var budget: TreeBudget
    private var anchors: [String: Anchored] = [:]

    init(_ bytes: [UInt8], file: String, limits: ReadingLimits) throws(ConfigurationError) {
        source = try YAMLEventSource(bytes, file: file)
        self.file = file
        budget = TreeBudget(limits)
    }

    /// Reads all documents; empty ones are left out.
    mutating func documents() throws(ConfigurationError) -> [ConfigNode] {
        var documents: [ConfigNode] = []
        while true {
            let event = try source.next()
            switch event.kind {
            case .streamEnd: return documents
            case .streamStart, .documentEnd: continue
            case .documentStart:
                anchors = [:]
                try budget.spend(1, at: location(of: event))
            default:
                let document = try node(from: event, depth: 0).node
                if !document.isNull { documents.append(document) }
            }
        }
    }

    private func location(of event: YAMLEvent) -> SourceLocation {
        SourceLocation(file: file, line: event.line, column: event.column)
    }

    /// Builds the node that an event starts.
    private mutating func node(from event: YAMLEvent, depth: Int) throws(ConfigurationError) -> Anchored {
        let location = location(of: event)
        if case .alias(let name) = event.kind { return try alias(name, depth: depth, at: location) }
        try budget.spend(1, at: location)
        let result: Anchored
        switch event.kind {
        case .scalar(let text, let isPlain):
            let content = try Self.content(of: text, isPlain: isPlain, tag: event.tag, at: location)
            result = Anchored(node: ConfigNode(content, at: location), nodes: 1, depth: 0)
        case .sequenceStart:
            try Self.checkTag(event.tag, is: "seq", at: location)
            result = try sequence(depth: depth + 1, at: location)
        case .mappingStart:
            try Self.checkTag(event.tag, is: "map", at: location)
            result = try mapping(depth: depth + 1, at: location)
        default: throw ConfigurationError(at: location, "not valid YAML: a value is missing")
        }
        if let name = event.anchor { anchors[name] = result }
        return result
    }

    private mutating func alias(
        _ name: String,
        depth: Int,
        at location: SourceLocation
    ) throws(ConfigurationError) -> Anchored {
        // An anchor becomes known when its value is complete, so a value cannot contain itself.
        guard let anchored = anchors[name] else {
            throw ConfigurationError(at: location, "alias '*\(name)': there is no complete value '&\(name)' before it")
        }
        try budget.spend(anchored.nodes, at: location)
        try budget.check(depth: depth + anchored.depth, at: location)
        return anchored
    }

    private mutating func sequence(depth: Int, at location: SourceLocation) throws(ConfigurationError) -> Anchored {
        try budget.check(depth: depth, at: location)
        var elements: [ConfigNode] = []
        var result = Anchored(node: ConfigNode(.null, at: location), nodes: 1, depth: 1)
        while true {
            let event = try source.next()
            if case .sequenceEnd = event.kind { break }
            let element = try node(from: event, depth: depth)
            result.include(element)
            elements.append(element.node)
        }
        result.node.content = .sequence(elements)
        return result
    }

    private mutating func mapping(depth: Int, at location: SourceLocation) throws(ConfigurationError) -> Anchored {
        try budget.check(depth: depth, at: location)
        var entries = EntryList()
        var result = Anchored(node: ConfigNode(.null, at: location), nodes: 1, depth: 1)
        while true {
            let event = try source.next()
            if case .mappingEnd = event.kind { break }
            let key = try key(from: event)
            let value = try node(from: try source.next(), depth: depth)
            result.include(value)
            try entries.append(key, at: self.location(of: event), value.node)
        }
        result.node.content = .mapping(entries.entries)
        return result
    }

    private func key(from event: YAMLEvent) throws(ConfigurationError) -> String {
        guard case .scalar(let text, let isPlain) = event.kind else {
            throw ConfigurationError(at: location(of: event), "a key must be text, not a list, a group or an alias")
        }
        guard !isPlain || text != "<<" else {
            throw ConfigurationError(at: location(of: event), "merge keys (<<) are not supported: write the keys out")
        }
        return text
    }

    private static func content(
        of text: String,
        isPlain: Bool,
        tag: String?,
        at location: SourceLocation
    ) throws(ConfigurationError) -> ConfigNode.Content {
        switch tag {
        case nil: return isPlain ? CoreSchema.resolve(text) : .string(text)
        case "!", coreTag("str"): return .string(text)
        case coreTag("int"), coreTag("float"), coreTag("bool"), coreTag("null"): return CoreSchema.resolve(text)
        case .some(let tag):
            throw ConfigurationError(at: location, "the tag '\(tag)' is not supported: write the value without it")
        }
    }

    private static func checkTag(
        _ tag: String?,
        is name: String,
        at location: SourceLocation
    ) throws(ConfigurationError) {
        guard let tag, tag != coreTag(name), tag != "!" else { return }
        throw ConfigurationError(at: location, "the tag '\(tag)' is not supported: write the value without it")
    }

    private static func coreTag(_ name: String) -> String { "tag:yaml.org,2002:\(name)" }
}
