// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a characteristic as a server declares it; its handles count for one connection.
struct GATTCharacteristic: Hashable, Sendable {
    /// What can be done with it (Core Specification, Vol 3 Part G 3.3.1.1).
    struct Properties: OptionSet, Hashable, Sendable {
        var rawValue: UInt8

        static let read = Properties(rawValue: 0x02)
        static let writeWithoutResponse = Properties(rawValue: 0x04)
        static let write = Properties(rawValue: 0x08)
        static let notify = Properties(rawValue: 0x10)
        static let indicate = Properties(rawValue: 0x20)
    }

    var uuid: BluetoothUUID
    var properties: Properties
    /// Where it is declared.
    var declaration: UInt16
    /// Where its value is.
    var value: UInt16
    /// The last handle that may be one of its descriptors'.
    var last: UInt16

    /// What its client configuration descriptor is set to for values to come by themselves; `nil` where they cannot.
    var subscriptionBits: UInt8? {
        if properties.contains(.notify) { return 1 }
        return properties.contains(.indicate) ? 2 : nil
    }

    /// Where its descriptors are; `nil` when there is room for none.
    var descriptors: HandleRange? { HandleRange(first: declaration, last: last).after(value) }

    /// Reads a declaration: properties, the value's handle, the UUID.
    init?(declaration: UInt16, _ bytes: [UInt8], last: UInt16) {
        guard let properties = bytes.first, let value = UInt16(littleEndian: bytes, at: 1),
            let uuid = BluetoothUUID(littleEndian: bytes.dropFirst(3)), declaration < value, value <= last
        else { return nil }
        self.uuid = uuid
        self.properties = Properties(rawValue: properties)
        self.declaration = declaration
        self.value = value
        self.last = last
    }
}
