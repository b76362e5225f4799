// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where in a device a property lives: the keys of its visitor.
///
/// `register`, `offset`, `limit`, `scale`, `isSwap` and `isRegisterSwap` are KubeEdge's; what they leave open the
/// property's type and limits decide (see ``RegisterLayout``), unless `dataType`, `byteOrder`, `bit` and
/// `valueOffset` say it.
public struct ModbusVisitor: Decodable, Hashable, Sendable {
    /// The table.
    public var register: RegisterTable
    /// The first address, counted from 0 as on the wire; 0 when missing, as KubeEdge up to v1.7 drops zeros.
    public var offset: Int
    /// How many registers or coils; `nil` for as many as the type takes.
    public var limit: Int?
    /// What the raw number is multiplied by; 1 when missing or 0, as KubeEdge's documentation has it.
    public var scale: Double
    /// What is added after scaling.
    public var valueOffset: Double
    /// Whether the two bytes of each register are swapped.
    public var isSwap: Bool
    /// Whether the least significant register comes first.
    public var isRegisterSwap: Bool
    /// How registers make up the value; `nil` leaves it to the property's type and `limit`.
    public var dataType: RegisterType?
    /// The order of bytes, instead of the two swaps.
    public var byteOrder: ByteOrder?
    /// The bit of the register that counts, 0 the least significant.
    public var bit: Int?

    /// Creates a visitor.
    public init(
        register: RegisterTable,
        offset: Int = 0,
        limit: Int? = nil,
        scale: Double = 1,
        valueOffset: Double = 0,
        isSwap: Bool = false,
        isRegisterSwap: Bool = false,
        dataType: RegisterType? = nil,
        byteOrder: ByteOrder? = nil,
        bit: Int? = nil
    ) {
        self.register = register
        self.offset = offset
        self.limit = limit
        self.scale = scale
        self.valueOffset = valueOffset
        self.isSwap = isSwap
        self.isRegisterSwap = isRegisterSwap
        self.dataType = dataType
        self.byteOrder = byteOrder
        self.bit = bit
    }

    private enum CodingKeys: String, CodingKey {
        case register, offset, limit, scale, valueOffset, isSwap, isRegisterSwap, dataType, byteOrder, bit
        /// Limits in KubeEdge's own samples; the device model's are the ones that count.
        case max, min
    }

    /// Decodes the keys of a visitor.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        register = try keys.decode(RegisterTable.self, forKey: .register)
        offset = try keys.decodeIfPresent(Int.self, forKey: .offset) ?? 0
        limit = try keys.decodeIfPresent(Int.self, forKey: .limit).flatMap { $0 == 0 ? nil : $0 }
        scale = try keys.decodeIfPresent(Double.self, forKey: .scale).flatMap { $0 == 0 ? nil : $0 } ?? 1
        valueOffset = try keys.decodeIfPresent(Double.self, forKey: .valueOffset) ?? 0
        isSwap = try keys.decodeIfPresent(Bool.self, forKey: .isSwap) ?? false
        isRegisterSwap = try keys.decodeIfPresent(Bool.self, forKey: .isRegisterSwap) ?? false
        dataType = try keys.decodeIfPresent(RegisterType.self, forKey: .dataType)
        byteOrder = try keys.decodeIfPresent(ByteOrder.self, forKey: .byteOrder)
        bit = try keys.decodeIfPresent(Int.self, forKey: .bit)
        _ = keys.contains(.max)
        _ = keys.contains(.min)
    }

    /// The order of bytes that the keys add up to.
    var order: ByteOrder { byteOrder ?? ByteOrder(swapsBytes: isSwap, swapsRegisters: isRegisterSwap) }
}
