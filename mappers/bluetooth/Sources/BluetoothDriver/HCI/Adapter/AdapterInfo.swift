// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what an adapter says about itself.
struct AdapterInfo: Hashable, Sendable {
    /// 0 for `hci0`.
    var index: UInt16
    var address: BluetoothAddress
    /// The version of the specification as HCI numbers it: 6 is 4.0, 9 is 5.0.
    var version: UInt8
    var manufacturer: UInt16
    var supported: MGMTSettings
    var current: MGMTSettings
    var name: String

    /// The name people use, `hci0`.
    var label: String { "hci\(index)" }

    /// The version of the specification as people write it (Assigned Numbers, 2.1); `nil` for one not known here.
    var versionName: String? {
        let names = ["4.0", "4.1", "4.2", "5.0", "5.1", "5.2", "5.3", "5.4", "6.0"]
        let place = Int(version) - 6
        return names.indices.contains(place) ? names[place] : nil
    }
}

extension AdapterInfo {
    /// Reads the answer to Read Controller Information; `nil` when it is too short.
    init?(index: UInt16, parameters: [UInt8]) {
        var reader = HCIFieldReader(parameters)
        guard let address = reader.bytes(6).flatMap(BluetoothAddress.init(littleEndian:)),
            let version = reader.number(UInt8.self), let manufacturer = reader.number(UInt16.self),
            let supported = reader.number(UInt32.self), let current = reader.number(UInt32.self),
            // The class of device, for classic Bluetooth only.
            reader.bytes(3) != nil, let name = reader.text(249)
        else { return nil }
        self.init(
            index: index,
            address: address,
            version: version,
            manufacturer: manufacturer,
            supported: MGMTSettings(rawValue: supported),
            current: MGMTSettings(rawValue: current),
            name: name
        )
    }
}
