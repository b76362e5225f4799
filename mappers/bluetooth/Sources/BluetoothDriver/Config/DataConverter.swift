// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says how bytes of a characteristic become a number: KubeEdge's `dataConverter`.
///
/// The bytes from `startIndex` to `endIndex`, both included and downwards if the end is lower, are put together, the
/// first of them the most significant. The number is shifted, then the operations follow in their order.
struct DataConverter: Hashable, Sendable {
    var startIndex = 0
    var endIndex = 0
    var shiftLeft = 0
    var shiftRight = 0
    var operations: [ConverterOperation] = []

    /// Whether it is what KubeEdge writes for a converter that nobody configured.
    var isEmpty: Bool { self == DataConverter() }

    /// The keys of a visitor that stand beside an empty `dataConverter` and not in it.
    static func strays(in visitor: ConfigNode) -> [String] {
        guard visitor["dataConverter"]?.isNull == true else { return [] }
        return CodingKeys.allCases.map(\.rawValue).filter { visitor[$0] != nil }
    }

    /// The indexes in the order in which the bytes are put together.
    var indexes: [Int] { startIndex <= endIndex ? Array(startIndex...endIndex) : (endIndex...startIndex).reversed() }
}

extension DataConverter: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case startIndex, endIndex, shiftLeft, shiftRight, orderOfOperations
    }

    /// Decodes the group's keys; KubeEdge leaves out zeros.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        startIndex = try keys.decodeIfPresent(Int.self, forKey: .startIndex) ?? 0
        endIndex = try keys.decodeIfPresent(Int.self, forKey: .endIndex) ?? 0
        shiftLeft = try keys.decodeIfPresent(Int.self, forKey: .shiftLeft) ?? 0
        shiftRight = try keys.decodeIfPresent(Int.self, forKey: .shiftRight) ?? 0
        operations = try keys.decodeIfPresent([ConverterOperation].self, forKey: .orderOfOperations) ?? []
    }
}
