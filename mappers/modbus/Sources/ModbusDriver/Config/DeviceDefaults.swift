// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds what a device says once for all its properties, and a visitor's own keys override.
struct DeviceDefaults: Decodable, Hashable, Sendable {
    /// The order of bytes in numbers; of text and bytes only the swap inside each register counts.
    var byteOrder = ByteOrder.abcd
    /// The function that writes single holding registers, 6 or 16; `nil` for 6.
    var registerWriteFunction: Int?
    /// The function that writes single coils, 5 or 15; `nil` for 5.
    var coilWriteFunction: Int?
    /// What the device's manual calls the first address: 0 as on the wire, or 1.
    var addressBase = 0

    init(
        byteOrder: ByteOrder = .abcd,
        registerWriteFunction: Int? = nil,
        coilWriteFunction: Int? = nil,
        addressBase: Int = 0
    ) {
        self.byteOrder = byteOrder
        self.registerWriteFunction = registerWriteFunction
        self.coilWriteFunction = coilWriteFunction
        self.addressBase = addressBase
    }

    private enum CodingKeys: String, CodingKey {
        case byteOrder, registerWriteFunction, coilWriteFunction, addressBase
    }

    /// Decodes the keys of a protocol section.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        byteOrder = try keys.decodeIfPresent(ByteOrder.self, forKey: .byteOrder) ?? byteOrder
        registerWriteFunction = try keys.decodeIfPresent(Int.self, forKey: .registerWriteFunction)
        coilWriteFunction = try keys.decodeIfPresent(Int.self, forKey: .coilWriteFunction)
        addressBase = try keys.decodeIfPresent(Int.self, forKey: .addressBase) ?? addressBase
    }
}
