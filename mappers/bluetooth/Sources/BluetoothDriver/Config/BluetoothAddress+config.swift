// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BluetoothAddress: Decodable {
    /// Decodes text of six pairs of hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let needed = "an address such as BC:6A:29:AE:CC:96"
        guard let none = BluetoothAddress(littleEndian: [0, 0, 0, 0, 0, 0]) else {
            throw ConfigText.problem("cannot be read, needed is \(needed)", decoder)
        }
        self = try ConfigText.value(from: decoder, needed: needed, standIn: none) { BluetoothAddress($0) }
    }

    /// Whether a device of this random address changes it every few minutes (Core Specification, Vol 6 Part B 1.3.2.2).
    var isPrivateIfRandom: Bool { (bytes.first ?? 0) >> 6 < 2 }
}

extension BluetoothAddress.Kind: Decodable {}
