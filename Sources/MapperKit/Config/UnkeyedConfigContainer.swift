// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Hands out the elements of a list.
struct UnkeyedConfigContainer: UnkeyedDecodingContainer {
    private let decoder: ConfigNodeDecoder
    private let elements: [ConfigNode]
    private(set) var currentIndex = 0

    init(decoder: ConfigNodeDecoder, elements: [ConfigNode]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }

    var count: Int? { elements.count }

    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let element = try next()
        if let value = element.value(of: type) { return value }
        guard let standIn = element.standIn(for: type) else { throw ConfigNode.NoStandIn() }
        return standIn
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }

    private mutating func next() throws -> ConfigNodeDecoder {
        guard !isAtEnd else {
            decoder.complain("\(decoder.label) has only \(elements.count) elements, more are needed")
            throw ConfigNode.NoStandIn()
        }
        defer { currentIndex += 1 }
        return ConfigNodeDecoder(
            node: elements[currentIndex],
            name: "\(decoder.name ?? "")[\(currentIndex)]",
            complaints: decoder.complaints,
            codingPath: decoder.codingPath + [ConfigKey(intValue: currentIndex)]
        )
    }
}
