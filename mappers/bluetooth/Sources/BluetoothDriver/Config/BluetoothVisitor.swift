// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says where in a device a property lives: the keys of its visitor.
///
/// `characteristicUUID`, `dataWrite` and `dataConverter` are KubeEdge's; what they leave open the property's type, the
/// bytes themselves or a descriptor decide (see ``CharacteristicFormat``), unless other keys say it.
public struct BluetoothVisitor: Hashable, Sendable {
    /// Where the value comes from.
    var source = ValueSource.characteristic
    /// The characteristic.
    var characteristicUUID: BluetoothUUID?
    /// The service that the characteristic belongs to; `nil` for whichever has it.
    var serviceUUID: BluetoothUUID?
    /// Which of several characteristics of this UUID, counted from 1 in the order of their handles.
    var instance: Int?
    /// How the device is told about new values; `nil` for as the characteristic allows.
    var notify = AutomaticSwitch.auto
    /// Whether the device has to acknowledge a write.
    var acknowledge = AutomaticSwitch.auto
    /// Whose data in advertisements; only manufacturers' data have it.
    var companyID: CompanyID?
    /// For which service the data in advertisements are.
    var serviceDataUUID: BluetoothUUID?
    /// The name of a beacon's value.
    var field: String?

    /// The bytes to write for desired texts.
    var dataWrite: DataWrite?
    /// How bytes become a number, in KubeEdge's way; `nil` also for one in which nothing is said.
    var dataConverter: DataConverter?
    /// How bytes make up the value; `nil` leaves it to the property's type.
    var dataType: ValueType?
    /// Which byte of a number comes first; `nil` for the least significant.
    var byteOrder: ByteOrder?
    /// The first byte of the value among those of the source; `nil` for the first of all.
    var startByte: Int?
    /// How many bytes; `nil` for as many as the type takes, or there are.
    var length: Int?
    /// The bit that counts, 0 the least significant of the value; of several the lowest.
    var bit: Int?
    /// How many bits make up a number; `nil` for one bit, true or false.
    var bitCount: Int?

    /// What raw numbers mean: `scale`, `valueOffset`, `decimals`, `enumeration`, `noValue`, `deadband`.
    var values = ValueKeys()
    /// What `values` comes to, made once.
    private(set) var transform = ValueTransform.identity

    /// Creates a visitor of a characteristic; everything else is as if its key were missing.
    public init(characteristicUUID: BluetoothUUID) { self.characteristicUUID = characteristicUUID }

    /// In how many bits a whole number travels, as far as the keys alone tell.
    private var integerBits: Int? {
        if let bitCount { return bitCount }
        if let converter = dataConverter {
            return 8 * Int(min((converter.endIndex &- converter.startIndex).magnitude, 7)) + 8
        }
        if case .integer(let bits, _)? = dataType { return bits }
        return dataType == nil ? length.map { 8 * min(max($0, 1), 8) } : nil
    }
}

extension BluetoothVisitor: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case source, characteristicUUID, serviceUUID, instance, notify, acknowledge
        case companyID, serviceDataUUID, field
        case dataWrite, dataConverter, dataType, byteOrder, startByte, length, bit, bitCount
    }

    /// Decodes the keys of a visitor.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        try readPlace(keys)
        dataWrite = try Self.dataWrite(keys, decoder).flatMap { $0.octets.isEmpty ? nil : $0 }
        dataConverter = try Self.dataConverter(keys, decoder).flatMap { $0.isEmpty ? nil : $0 }
        dataType = try keys.decodeIfPresent(ValueType.self, forKey: .dataType)
        byteOrder = try keys.decodeIfPresent(ByteOrder.self, forKey: .byteOrder)
        startByte = try keys.decodeIfPresent(Int.self, forKey: .startByte)
        length = try keys.decodeIfPresent(Int.self, forKey: .length)
        bit = try keys.decodeIfPresent(Int.self, forKey: .bit)
        bitCount = try keys.decodeIfPresent(Int.self, forKey: .bitCount)
        values = try ValueKeys(from: decoder)
        transform = values.transform(signedBits: integerBits)
    }

    private mutating func readPlace(_ keys: KeyedDecodingContainer<CodingKeys>) throws {
        source = try keys.decodeIfPresent(ValueSource.self, forKey: .source) ?? source
        characteristicUUID = try keys.decodeIfPresent(BluetoothUUID.self, forKey: .characteristicUUID)
        serviceUUID = try keys.decodeIfPresent(BluetoothUUID.self, forKey: .serviceUUID)
        instance = try keys.decodeIfPresent(Int.self, forKey: .instance)
        notify = try keys.decodeIfPresent(AutomaticSwitch.self, forKey: .notify) ?? notify
        acknowledge = try keys.decodeIfPresent(AutomaticSwitch.self, forKey: .acknowledge) ?? acknowledge
        companyID = try keys.decodeIfPresent(CompanyID.self, forKey: .companyID)
        serviceDataUUID = try keys.decodeIfPresent(BluetoothUUID.self, forKey: .serviceDataUUID)
        field = try keys.decodeIfPresent(String.self, forKey: .field)
    }

    // MARK: KubeEdge's sample

    /// The sample of KubeEdge v1.6 has what belongs into the two groups beside them, as it is indented by too little.
    private static func dataWrite(
        _ keys: KeyedDecodingContainer<CodingKeys>,
        _ decoder: any Decoder
    ) throws -> DataWrite? {
        let strays = DataWrite.strays(in: try ConfigNode(from: decoder), known: knownKeys)
        guard strays.isEmpty else {
            _ = keys.contains(.dataWrite)
            return try DataWrite(from: decoder, only: strays)
        }
        return try keys.decodeIfPresent(DataWrite.self, forKey: .dataWrite)
    }

    private static func dataConverter(
        _ keys: KeyedDecodingContainer<CodingKeys>,
        _ decoder: any Decoder
    ) throws -> DataConverter? {
        guard DataConverter.strays(in: try ConfigNode(from: decoder)).isEmpty else {
            _ = keys.contains(.dataConverter)
            return try DataConverter(from: decoder)
        }
        return try keys.decodeIfPresent(DataConverter.self, forKey: .dataConverter)
    }

    /// What stands beside an empty group and not in it, with the group's key.
    static func strays(in visitor: ConfigNode) -> [(key: String, group: String)] {
        DataConverter.strays(in: visitor).map { ($0, "dataConverter") }
            + DataWrite.strays(in: visitor, known: knownKeys).map { ($0, "dataWrite") }
    }

    /// Keys that may have a list without being a text to write.
    private static var knownKeys: Set<String> {
        Set(CodingKeys.allCases.map(\.rawValue) + DataConverter.CodingKeys.allCases.map(\.rawValue) + ["noValue"])
    }
}
