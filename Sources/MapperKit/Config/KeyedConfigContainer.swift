// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Hands out the values of a mapping's keys.
struct KeyedConfigContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let decoder: ConfigNodeDecoder
    private let entries: [ConfigNode.Entry]
    private let index: EntryIndex
    private let group: Int

    init(decoder: ConfigNodeDecoder, entries: [ConfigNode.Entry]) {
        self.decoder = decoder
        self.entries = entries
        index = EntryIndex(entries)
        group = decoder.complaints.open(entries, at: decoder.codingPath)
    }

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        for entry in entries { decoder.complaints.ask(entry.key, in: group) }
        return entries.compactMap { Key(stringValue: $0.key) }
    }

    func contains(_ key: Key) -> Bool { node(for: key) != nil }

    /// `null` is as good as no key: Kubernetes writes one for the other.
    func decodeNil(forKey key: Key) -> Bool { node(for: key)?.isNull ?? true }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(type, key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(type, key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(type, key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(type, key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(type, key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(type, key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(type, key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(type, key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(type, key) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try value(type, key) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder { child(key) }

    private func node(for key: Key) -> ConfigNode? {
        decoder.complaints.ask(key.stringValue, in: group)
        return index[key.stringValue]
    }

    private func value<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        let child = child(key)
        if node(for: key)?.isNull ?? true {
            decoder.complain("the key '\(key.stringValue)' is missing")
        } else if let value = child.value(of: type) {
            return value
        }
        guard let standIn = child.standIn(for: type) else { throw ConfigNode.NoStandIn() }
        return standIn
    }

    private func child(_ key: Key) -> ConfigNodeDecoder {
        ConfigNodeDecoder(
            node: node(for: key) ?? ConfigNode(.null, at: decoder.node.location),
            name: key.stringValue,
            complaints: decoder.complaints,
            codingPath: decoder.codingPath + [key]
        )
    }
}
