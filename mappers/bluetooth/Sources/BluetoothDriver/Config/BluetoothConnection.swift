// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says how a device is reached: the keys of its protocol section.
///
/// `macAddress` is KubeEdge's. A device without it is found by what it advertises.
public struct BluetoothConnection: Hashable, Sendable {
    /// The device's address.
    var macAddress: BluetoothAddress?
    /// Where the address comes from; `nil` for what the device's advertisement says.
    var addressType: BluetoothAddress.Kind?
    /// The name it advertises.
    var name: String?
    /// A service it advertises.
    var service: BluetoothUUID?
    /// The radio of this machine: `hci0`.
    var adapter = "hci0"
    /// How long it may take until the device is connected, in milliseconds.
    var connectTimeout = 10_000
    /// How long the device may take for an answer, in milliseconds; after 30 s the link is lost anyway (Core
    /// Specification, Vol 3 Part F 3.3.3).
    var responseTimeout = 5000
    /// How values come from it.
    var mode = ConnectionMode.connection
    /// After which silence a device that is only listened to counts as absent, in milliseconds.
    var presenceTimeout = 60_000
    /// How the link has to be protected; `nil` for as the device asks.
    var security: SecurityDemand?
    /// The number that proves the pairing.
    var passkey: Int?
    /// The longest packet offered to the device, in bytes.
    var mtu = 247
    /// The key of its encrypted advertisements.
    var bindKey: BindKey?

    /// Creates a connection to a device of this address.
    public init(macAddress: BluetoothAddress, addressType: BluetoothAddress.Kind? = nil) {
        self.macAddress = macAddress
        self.addressType = addressType
    }
}

extension BluetoothConnection: Decodable {
    private enum CodingKeys: String, CodingKey {
        case macAddress, addressType, name, service, adapter, connectTimeout, responseTimeout, mode, presenceTimeout
        case security, passkey, mtu, bindKey
    }

    /// Decodes the keys of a protocol section.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        // KubeEdge writes an empty text for an address that is not given.
        let isEmpty = try ConfigNode(from: decoder)["macAddress"]?.string?.isEmpty ?? false
        if isEmpty { _ = keys.contains(.macAddress) }
        macAddress = isEmpty ? nil : try keys.decodeIfPresent(BluetoothAddress.self, forKey: .macAddress)
        addressType = try keys.decodeIfPresent(BluetoothAddress.Kind.self, forKey: .addressType)
        name = try keys.decodeIfPresent(String.self, forKey: .name).flatMap { $0.isEmpty ? nil : $0 }
        service = try keys.decodeIfPresent(BluetoothUUID.self, forKey: .service)
        adapter = try keys.decodeIfPresent(String.self, forKey: .adapter) ?? adapter
        connectTimeout = try keys.decodeIfPresent(Int.self, forKey: .connectTimeout) ?? connectTimeout
        responseTimeout = try keys.decodeIfPresent(Int.self, forKey: .responseTimeout) ?? responseTimeout
        mode = try keys.decodeIfPresent(ConnectionMode.self, forKey: .mode) ?? mode
        presenceTimeout = try keys.decodeIfPresent(Int.self, forKey: .presenceTimeout) ?? presenceTimeout
        security = try keys.decodeIfPresent(SecurityDemand.self, forKey: .security)
        passkey = try keys.decodeIfPresent(Int.self, forKey: .passkey)
        mtu = try keys.decodeIfPresent(Int.self, forKey: .mtu) ?? mtu
        bindKey = try keys.decodeIfPresent(BindKey.self, forKey: .bindKey)
    }
}
