// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a device the way MGMT does: by address and kind of address.
struct MGMTAddress: Hashable, Sendable {
    /// The kernel's numbers for kinds of addresses on its control and L2CAP sockets (`BDADDR_…`).
    ///
    /// HCI events count differently: there 0 is public and 1 random.
    enum Form: UInt8, Sendable {
        case classic = 0
        case lowEnergyPublic = 1
        case lowEnergyRandom = 2
    }

    var address: BluetoothAddress
    var form: Form

    /// Address and kind, as packets carry them.
    var bytes: [UInt8] { address.littleEndianBytes + [form.rawValue] }
}

extension MGMTAddress {
    /// Names a Low Energy device.
    init(_ address: BluetoothAddress, _ kind: BluetoothAddress.Kind) {
        self.init(address: address, form: kind == .public ? .lowEnergyPublic : .lowEnergyRandom)
    }

    /// The kind of a Low Energy address; `nil` for a classic device.
    var kind: BluetoothAddress.Kind? {
        switch form {
        case .classic: nil
        case .lowEnergyPublic: .public
        case .lowEnergyRandom: .random
        }
    }
}
