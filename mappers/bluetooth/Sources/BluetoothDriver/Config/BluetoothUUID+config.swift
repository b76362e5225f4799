// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BluetoothUUID: Decodable {
    /// Decodes text of 4, 8 or 32 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        self = try ConfigText.value(
            from: decoder,
            needed: "a UUID of 4, 8 or 32 hexadecimal digits, such as 2a19",
            standIn: BluetoothUUID(0)
        ) { BluetoothUUID($0) }
    }
}
