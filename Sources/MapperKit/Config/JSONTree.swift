// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Reads a group or a list that is written as JSON inside a text.
struct JSONTree: Decodable {
    /// How deep lists and groups may stand in each other: deeper than any setting, and no danger to the stack.
    static let depthLimit = 32

    private static let place = CodingUserInfoKey(rawValue: "place")

    private let node: ConfigNode

    /// The tree in a text; `nil` for everything that is no JSON of a group or a list.
    static func node(in text: String, at location: SourceLocation?) -> ConfigNode? {
        let first = text.utf8.first { !" \t\r\n".utf8.contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        let decoder = JSONDecoder()
        if let place, let location { decoder.userInfo[place] = location }
        return try? decoder.decode(JSONTree.self, from: Data(text.utf8)).node
    }

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.depthLimit else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "nested too deeply")
            )
        }
        let location = Self.place.flatMap { decoder.userInfo[$0] as? SourceLocation }
        node = ConfigNode(try Self.content(decoder, location), at: location)
    }

    private static func content(_ decoder: any Decoder, _ location: SourceLocation?) throws -> ConfigNode.Content {
        if let group = try? decoder.container(keyedBy: ConfigKey.self) { return try mapping(group, location) }
        if let list = try? decoder.unkeyedContainer() { return try sequence(list) }
        return try scalar(try decoder.singleValueContainer())
    }

    private static func mapping(
        _ group: KeyedDecodingContainer<ConfigKey>,
        _ location: SourceLocation?
    ) throws -> ConfigNode.Content {
        let keys = group.allKeys.sorted { $0.stringValue < $1.stringValue }
        return .mapping(
            try keys.map { key in
                ConfigNode.Entry(key.stringValue, at: location, try group.decode(JSONTree.self, forKey: key).node)
            }
        )
    }

    private static func sequence(_ list: any UnkeyedDecodingContainer) throws -> ConfigNode.Content {
        var list = list
        var nodes: [ConfigNode] = []
        while !list.isAtEnd { nodes.append(try list.decode(JSONTree.self).node) }
        return .sequence(nodes)
    }

    private static func scalar(_ value: any SingleValueDecodingContainer) throws -> ConfigNode.Content {
        if value.decodeNil() { return .null }
        if let flag = try? value.decode(Bool.self) { return .boolean(flag) }
        if let whole = try? value.decode(Int64.self) { return .int(whole) }
        if let number = try? value.decode(Double.self) { return .double(number) }
        return .string(try value.decode(String.self))
    }
}
