// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a characteristic of a simulated peripheral, with its descriptors.
struct SimulatedCharacteristic: Hashable, Sendable {
    typealias Properties = GATTCharacteristic.Properties

    var uuid: BluetoothUUID
    var properties: Properties
    var value: [UInt8]
    /// The text of descriptor 2901, where there is one.
    var userDescription: String?
    /// The seven bytes of descriptor 2904, where there is one.
    var presentationFormat: [UInt8]?
    /// How long a written value may be.
    var maximumLength: Int
    /// The error that an unencrypted client is answered with: 0x05 or 0x0F; 0 for none.
    var protection: UInt8

    init(
        _ uuid: BluetoothUUID,
        _ properties: Properties,
        value: [UInt8],
        userDescription: String? = nil,
        presentationFormat: [UInt8]? = nil,
        maximumLength: Int = SimulatedAttribute.maximumLength,
        protection: UInt8 = 0
    ) {
        self.uuid = uuid
        self.properties = properties
        self.value = value
        self.userDescription = userDescription
        self.presentationFormat = presentationFormat
        self.maximumLength = maximumLength
        self.protection = protection
    }
}
