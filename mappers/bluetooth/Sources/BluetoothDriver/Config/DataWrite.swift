// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Holds the bytes to write for desired texts: KubeEdge's `dataWrite`.
struct DataWrite: Hashable, Sendable {
    /// The bytes of each text.
    let octets: [String: [UInt8]]

    init(_ octets: [String: [UInt8]]) { self.octets = octets }

    /// The text that stands for these bytes, the first in the alphabet of several; `nil` when none does.
    func text(of octets: [UInt8]) -> String? { self.octets.filter { $0.value == octets }.keys.min() }

    /// The texts for a complaint: `'OFF', 'ON'`.
    var listed: String { octets.keys.sorted().map { "'\($0)'" }.joined(separator: ", ") }
}

extension DataWrite: Decodable {
    /// Decodes a group of texts with their bytes.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: TextKey.self)
        try self.init(keys, keys.allKeys)
    }

    /// Decodes some entries of a group that has others too.
    init(from decoder: any Decoder, only keys: [String]) throws {
        try self.init(try decoder.container(keyedBy: TextKey.self), keys.map { TextKey($0) })
    }

    /// The keys of a visitor with lists of bytes that stand beside an empty `dataWrite` and not in it.
    static func strays(in visitor: ConfigNode, known: Set<String>) -> [String] {
        guard visitor["dataWrite"]?.isNull == true, let entries = visitor.entries else { return [] }
        return entries.filter { !known.contains($0.key) && $0.value.elements != nil }.map(\.key)
    }

    private init(_ container: KeyedDecodingContainer<TextKey>, _ keys: [TextKey]) throws {
        var octets: [String: [UInt8]] = [:]
        for key in keys { octets[key.stringValue] = try container.decode(Octets.self, forKey: key).bytes }
        self.init(octets)
    }
}
