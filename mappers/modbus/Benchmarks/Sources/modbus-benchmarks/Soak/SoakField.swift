// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one value of each device of a soak.
struct SoakField: Sendable {
    var table: String
    var offset: Int
    var words = 1

    /// Neighbours, gaps, values of two registers, and three tables.
    static let all: [SoakField] =
        [0, 1, 2, 10, 12, 40].map { SoakField(table: "HoldingRegister", offset: $0) }
        + [SoakField(table: "HoldingRegister", offset: 20, words: 2)]
        + [100, 101, 107].map { SoakField(table: "InputRegister", offset: $0) }
        + [SoakField(table: "InputRegister", offset: 102, words: 2), SoakField(table: "CoilRegister", offset: 150)]

    /// `h20w2`.
    var name: String { "\(table.prefix(1).lowercased())\(offset)w\(words)" }

    /// Whether it is read less often than the others.
    var isSlow: Bool { offset == 40 || offset == 107 }

    init(table: String, offset: Int, words: Int = 1) {
        (self.table, self.offset, self.words) = (table, offset, words)
    }

    /// The field of a name.
    init?(_ name: String) {
        guard let field = Self.all.first(where: { $0.name == name }) else { return nil }
        self = field
    }
}
