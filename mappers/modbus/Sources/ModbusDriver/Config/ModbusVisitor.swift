// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Says where in a device a property lives: the keys of its visitor.
///
/// `register`, `offset`, `limit`, `scale`, `isSwap` and `isRegisterSwap` are KubeEdge's; what they leave open the
/// property's type and limits decide (see ``RegisterLayout``), unless other keys say it.
public struct ModbusVisitor: Hashable, Sendable {
    /// The table.
    public let register: RegisterTable
    /// The first address, counted from 0 as on the wire, or from 1 where the device's `addressBase` says so; 0 when
    /// missing, as KubeEdge up to v1.7 drops zeros.
    public let offset: Int
    /// How many registers or coils; `nil` for as many as the type takes.
    public let limit: Int?
    /// Whether the two bytes of each register are swapped.
    public let isSwap: Bool
    /// Whether the least significant register comes first.
    public let isRegisterSwap: Bool
    /// How registers make up the value; `nil` leaves it to the property's type and `limit`.
    public let dataType: RegisterType?
    /// The order of bytes, instead of the two swaps; `nil` leaves it to them and to the device.
    public let byteOrder: ByteOrder?
    /// Which byte of the register an `int8` or `uint8` is; `nil` for the low one.
    public let byte: RegisterByte?
    /// The bit that counts, 0 the least significant; of several the lowest.
    public let bit: Int?
    /// How many bits make up a number; `nil` for one bit, true or false.
    public let bitCount: Int?
    /// How characters stand in registers; `nil` for UTF-8.
    public let encoding: TextEncoding?
    /// What fills the rest of the registers when a text is written; `nil` for NUL.
    public let padding: TextPadding?
    /// The function that writes: 5, 6, 15 or 16; `nil` leaves it to the device and the length.
    public let writeFunction: Int?
    /// What raw numbers mean: `scale`, `valueOffset`, `decimals`, `enumeration`, `noValue`, `deadband`.
    public let values: ValueKeys
    /// What `values` comes to, made once.
    let transform: ValueTransform

    /// Creates a visitor; what is not given is as if its key were missing.
    public init(
        register: RegisterTable,
        offset: Int = 0,
        limit: Int? = nil,
        isSwap: Bool = false,
        isRegisterSwap: Bool = false,
        dataType: RegisterType? = nil,
        byteOrder: ByteOrder? = nil,
        byte: RegisterByte? = nil,
        bit: Int? = nil,
        bitCount: Int? = nil,
        encoding: TextEncoding? = nil,
        padding: TextPadding? = nil,
        writeFunction: Int? = nil,
        values: ValueKeys = ValueKeys()
    ) {
        self.register = register
        self.offset = offset
        self.limit = limit
        self.isSwap = isSwap
        self.isRegisterSwap = isRegisterSwap
        self.dataType = dataType
        self.byteOrder = byteOrder
        self.byte = byte
        self.bit = bit
        self.bitCount = bitCount
        self.encoding = encoding
        self.padding = padding
        self.writeFunction = writeFunction
        self.values = values
        transform = values.transform(signedBits: Self.integerBits(dataType, limit, bitCount))
    }

    /// In how many bits a whole number travels, as far as the keys alone tell.
    private static func integerBits(_ type: RegisterType?, _ limit: Int?, _ bitCount: Int?) -> Int? {
        if let bitCount { return bitCount }
        switch type {
        case .int8, .uint8: return 8
        case .int16, .uint16: return 16
        case .int32, .uint32: return 32
        case .int64, .uint64: return 64
        case .int, .float, .double, nil: return 16 * min(max(limit ?? 1, 1), 4)
        case .float16, .float32, .float64, .bcd, .bool, .boolean, .bit, .string, .bytes: return nil
        }
    }
}

extension ModbusVisitor: Decodable {
    private enum CodingKeys: String, CodingKey {
        case register, offset, limit, isSwap, isRegisterSwap, dataType, byteOrder, byte, bit, bitCount
        case encoding, padding, writeFunction
        /// Limits in KubeEdge's own samples; the device model's are the ones that count.
        case max, min
    }

    /// Decodes the keys of a visitor.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            register: try keys.decode(RegisterTable.self, forKey: .register),
            offset: try keys.decodeIfPresent(Int.self, forKey: .offset) ?? 0,
            limit: try keys.decodeIfPresent(Int.self, forKey: .limit).flatMap { $0 == 0 ? nil : $0 },
            isSwap: try keys.decodeIfPresent(Bool.self, forKey: .isSwap) ?? false,
            isRegisterSwap: try keys.decodeIfPresent(Bool.self, forKey: .isRegisterSwap) ?? false,
            dataType: try keys.decodeIfPresent(RegisterType.self, forKey: .dataType),
            byteOrder: try keys.decodeIfPresent(ByteOrder.self, forKey: .byteOrder),
            byte: try keys.decodeIfPresent(RegisterByte.self, forKey: .byte),
            bit: try keys.decodeIfPresent(Int.self, forKey: .bit),
            bitCount: try keys.decodeIfPresent(Int.self, forKey: .bitCount),
            encoding: try keys.decodeIfPresent(TextEncoding.self, forKey: .encoding),
            padding: try keys.decodeIfPresent(TextPadding.self, forKey: .padding),
            writeFunction: try keys.decodeIfPresent(Int.self, forKey: .writeFunction),
            values: try ValueKeys(from: decoder)
        )
        _ = keys.contains(.max)
        _ = keys.contains(.min)
    }

    /// The order that the visitor's own keys add up to; `nil` when they say nothing.
    var ownOrder: ByteOrder? {
        if let byteOrder { return byteOrder }
        guard isSwap || isRegisterSwap else { return nil }
        return ByteOrder(swapsBytes: isSwap, swapsRegisters: isRegisterSwap)
    }
}
