// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BindKey: Decodable {
    /// Decodes text of 32 hexadecimal digits.
    init(from decoder: any Decoder) throws {
        self = try ConfigText.value(
            from: decoder,
            needed: "32 hexadecimal digits (16 bytes)",
            isSecret: true,
            standIn: .zero
        ) { BindKey($0) }
    }
}
