// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an entry of a simulated peripheral's table.
struct SimulatedAttribute: Hashable, Sendable {
    /// Says what an attribute is in the table.
    enum Role: Hashable, Sendable {
        /// Declares a service that reaches to a handle.
        case service(end: UInt16)
        /// Declares the characteristic whose value follows.
        case declaration
        case value(SimulatedCharacteristic.Properties)
        /// Is a client's subscription to the value at a handle; each client sees its own.
        case subscription(to: UInt16)
        case descriptor
    }

    /// The longest value that there may be (Core Specification, Vol 3 Part F 3.2.9).
    static let maximumLength = 512

    let handle: UInt16
    let type: BluetoothUUID
    let role: Role
    var value: [UInt8]
    var maximumLength = SimulatedAttribute.maximumLength
    /// The error that an unencrypted client is answered with; 0 for none.
    var protection: UInt8 = 0

    var isReadable: Bool {
        if case .value(let properties) = role { properties.contains(.read) } else { true }
    }

    /// Whether a write request is taken.
    var isWritable: Bool {
        switch role {
        case .value(let properties): properties.contains(.write)
        case .subscription: true
        case .service, .declaration, .descriptor: false
        }
    }

    /// Whether a write command is taken.
    var isWritableWithoutResponse: Bool {
        if case .value(let properties) = role { properties.contains(.writeWithoutResponse) } else { false }
    }

    /// The last handle of what begins here.
    var groupEnd: UInt16 {
        if case .service(let end) = role { end } else { handle }
    }
}

extension BluetoothUUID {
    static let primaryService = BluetoothUUID(0x2800)
    static let secondaryService = BluetoothUUID(0x2801)
    static let characteristicDeclaration = BluetoothUUID(0x2803)
    static let userDescription = BluetoothUUID(0x2901)
    static let clientConfiguration = BluetoothUUID(0x2902)
    static let presentationFormat = BluetoothUUID(0x2904)
    static let serviceChanged = BluetoothUUID(0x2A05)
}
