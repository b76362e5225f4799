// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names neighbouring addresses of one table, as people write it in a configuration: `HoldingRegister 100-119`.
public struct AddressRange: Decodable, Hashable, Sendable {
    /// The table.
    public var table: RegisterTable
    /// The first address.
    public var first: Int
    /// The last address.
    public var last: Int

    /// Creates a range; both ends belong to it.
    public init(_ table: RegisterTable, _ range: ClosedRange<Int>) {
        self.table = table
        first = range.lowerBound
        last = range.upperBound
    }

    /// Decodes `TABLE ADDRESS` or `TABLE FIRST-LAST`.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let range = AddressRange(text) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "'\(text)' is no range of addresses; \(Self.howToWrite)"
                )
            )
        }
        self = range
    }

    /// Reads `TABLE ADDRESS` or `TABLE FIRST-LAST`; `nil` when the text is neither.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        let ends = words.last?.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) } ?? []
        guard words.count == 2, let table = RegisterTable(rawValue: String(words[0])),
            let first = ends.first ?? nil, let last = ends.last ?? nil, (1...2).contains(ends.count),
            first <= last, (0...65535).contains(first), (0...65535).contains(last)
        else { return nil }
        self.init(table, first...last)
    }

    /// What to write instead of something that is no range.
    static var howToWrite: String {
        let tables = RegisterTable.allCases.map(\.rawValue).joined(separator: ", ")
        return "write a table (\(tables)) and one address, or the first and the last within 0…65535: "
            + "HoldingRegister 100-119"
    }

    /// Whether a value lies in it, if only in part.
    func holds(_ item: PlanItem) -> Bool { table == item.table && span.overlaps(item.span) }

    /// The addresses.
    var span: AddressSpan { AddressSpan(first: first, count: last - first + 1) }
}
