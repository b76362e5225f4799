// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the key that opens a device's encrypted advertisements: 16 bytes.
struct BindKey: Hashable, Sendable {
    /// The bytes, the first written one first.
    let bytes: [UInt8]

    /// Reads 32 hexadecimal digits; `nil` for others.
    init?(_ text: String) {
        guard text.utf8.count == 32, let bytes = HexText.octets(text) else { return nil }
        self.bytes = bytes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }
}

extension BindKey: Decodable {
    /// Decodes text of 32 hexadecimal digits.
    init(from decoder: any Decoder) throws {
        self = try ConfigText.value(
            from: decoder,
            needed: "32 hexadecimal digits (16 bytes)",
            isSecret: true,
            standIn: BindKey(bytes: Array(repeating: 0, count: 16))
        ) { BindKey($0) }
    }
}

extension BindKey: CustomStringConvertible {
    /// Nothing that a log should not hold.
    var description: String { "a key of \(bytes.count) bytes" }
}
