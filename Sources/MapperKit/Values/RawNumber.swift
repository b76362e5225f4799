// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Reads the raw numbers of a configuration: as people write them, also `0x8000` as in manuals.
enum RawNumber {
    /// The number of a node; `nil` when it holds none.
    ///
    /// Whole numbers above 2^63 - 1 come as text, which keeps them exact.
    static func value(of node: ConfigNode) -> PropertyValue? {
        switch node.content {
        case .int(let number): return .int(number)
        case .double(let number): return Int64(exactly: number).map { .int($0) } ?? .double(number)
        case .string(let text): return value(of: text)
        case .null, .boolean, .sequence, .mapping: return nil
        }
    }

    /// The whole number in a text; `nil` when there is none, or none within 64 bits.
    static func whole(_ text: String) -> Int64? {
        guard case .int(let number) = value(of: text) else { return nil }
        return number
    }

    private static func value(of text: String) -> PropertyValue? {
        let lowered = text.lowercased()
        if lowered.hasPrefix("0x") { return UInt64(lowered.dropFirst(2), radix: 16).map(value(of:)) }
        if let number = Int64(text) { return .int(number) }
        if let number = UInt64(text) { return value(of: number) }
        guard let number = try? PropertyValue(parsing: text, as: .double).number else { return nil }
        return Int64(exactly: number).map { .int($0) } ?? .double(number)
    }

    private static func value(of number: UInt64) -> PropertyValue {
        Int64(exactly: number).map { .int($0) } ?? .string(String(number))
    }
}
