// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a peripheral says about itself while nobody is connected.
///
/// Core Specification Supplement, Part A; the frame of length, type and data is Core Specification, Vol 3 Part C 11.
struct AdvertisementData: Hashable, Sendable {
    /// Whether the peripheral is discoverable, and whether it speaks BR/EDR.
    var flags: UInt8?
    /// The name that people see.
    var localName: String?
    /// Whether the name is only the beginning of the whole one.
    var isNameShortened = false
    /// The services that the peripheral offers, in the order they were named.
    var serviceUUIDs: [BluetoothUUID] = []
    /// The power it sends with, in dBm.
    var txPower: Int?
    /// Data of services, by the service.
    var serviceData: [BluetoothUUID: [UInt8]] = [:]
    /// Data of manufacturers, by the number of the company.
    var manufacturerData: [UInt16: [UInt8]] = [:]

    /// Nothing yet.
    init() {}

    /// Reads the structures, up to the first that is longer than what is there.
    ///
    /// Broken data is everyday on the air: what can be read is kept, the rest is passed over. Of two data of one service
    /// or company the later one counts.
    init(parsing bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        // A length of zero ends the significant part (Core Specification, Vol 3 Part C 11).
        while let length = rest.first.map(Int.init), length > 0, rest.count > length {
            let structure = rest.dropFirst().prefix(length)
            take(type: structure[structure.startIndex], structure.dropFirst())
            rest = rest.dropFirst(length + 1)
        }
    }

    /// Adds what a scan response, or a later advertisement, says; what both have is taken from the later one.
    mutating func merge(_ later: AdvertisementData) {
        flags = later.flags ?? flags
        txPower = later.txPower ?? txPower
        if let name = later.localName { take(name: name, isShortened: later.isNameShortened) }
        let known = Set(serviceUUIDs)
        serviceUUIDs += later.serviceUUIDs.filter { !known.contains($0) }
        serviceData.merge(later.serviceData) { $1 }
        manufacturerData.merge(later.manufacturerData) { $1 }
    }

    private mutating func take(type: UInt8, _ data: ArraySlice<UInt8>) {
        switch type {
        case 0x01: flags = data.first ?? flags
        case 0x02, 0x03: take(uuids: data, length: 2)
        case 0x04, 0x05: take(uuids: data, length: 4)
        case 0x06, 0x07: take(uuids: data, length: 16)
        case 0x08, 0x09: take(name: String(decoding: data.prefix { $0 != 0 }, as: UTF8.self), isShortened: type == 0x08)
        case 0x0A: txPower = data.first.map { Int(Int8(bitPattern: $0)) } ?? txPower
        case 0x16: take(serviceData: data, length: 2)
        case 0x20: take(serviceData: data, length: 4)
        case 0x21: take(serviceData: data, length: 16)
        case 0xFF: take(manufacturerData: data)
        default: break
        }
    }

    /// A whole name is never replaced by its own beginning.
    private mutating func take(name: String, isShortened: Bool) {
        if isShortened, !isNameShortened, let localName, localName.hasPrefix(name) { return }
        localName = name
        isNameShortened = isShortened
    }

    private mutating func take(uuids data: ArraySlice<UInt8>, length: Int) {
        var known = Set(serviceUUIDs)
        var rest = data
        while rest.count >= length {
            if let uuid = BluetoothUUID(littleEndian: rest.prefix(length)), known.insert(uuid).inserted {
                serviceUUIDs.append(uuid)
            }
            rest = rest.dropFirst(length)
        }
    }

    private mutating func take(serviceData data: ArraySlice<UInt8>, length: Int) {
        guard let uuid = BluetoothUUID(littleEndian: data.prefix(length)) else { return }
        serviceData[uuid] = Array(data.dropFirst(length))
    }

    private mutating func take(manufacturerData data: ArraySlice<UInt8>) {
        guard data.count >= 2 else { return }
        let company = UInt16(data[data.startIndex]) | UInt16(data[data.startIndex + 1]) << 8
        manufacturerData[company] = Array(data.dropFirst(2))
    }
}
