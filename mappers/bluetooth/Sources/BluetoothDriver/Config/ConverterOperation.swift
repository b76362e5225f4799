// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one step of a converter's arithmetic: an entry of KubeEdge's `orderOfOperations`.
struct ConverterOperation: Decodable, Hashable, Sendable {
    /// Names what is done with the number; letter case does not count.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case add = "Add"
        case subtract = "Subtract"
        case multiply = "Multiply"
        case divide = "Divide"
    }

    /// What is done.
    var kind: Kind
    /// With which number.
    var value: Double

    init(_ kind: Kind, _ value: Double) {
        self.kind = kind
        self.value = value
    }

    private enum CodingKeys: String, CodingKey {
        case operationType, operationValue
    }

    /// Decodes an entry.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        kind = try keys.decode(OperationWord.self, forKey: .operationType).kind
        value = try keys.decode(Double.self, forKey: .operationValue)
    }
}

/// Reads an operation's name as KubeEdge does.
private struct OperationWord: Decodable {
    var kind: ConverterOperation.Kind

    init(from decoder: any Decoder) throws {
        let all = ConverterOperation.Kind.allCases
        kind = try ConfigText.value(
            from: decoder,
            needed: "one of \(all.map(\.rawValue).joined(separator: ", "))",
            standIn: .add
        ) { text in all.first { $0.rawValue.lowercased() == text.lowercased() } }
    }
}
