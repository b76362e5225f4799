// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which peripheral is meant, by whatever of it is known.
struct WantedPeer: Hashable, Sendable {
    var address: BluetoothAddress?
    var kind: BluetoothAddress.Kind?
    /// The name it advertises; letter case does not count.
    var name: String?
    /// A service it advertises.
    var service: BluetoothUUID?

    /// The peripheral, when nothing of it has to be found out.
    var peer: Peer? {
        guard let address, let kind else { return nil }
        return Peer(address: address, kind: kind)
    }

    /// Whether an advertiser is it; with an address that alone decides.
    func matches(_ address: BluetoothAddress, _ kind: BluetoothAddress.Kind, _ data: AdvertisementData) -> Bool {
        if let wanted = self.address {
            return wanted == address && (self.kind ?? kind) == kind
        }
        if let name, data.localName?.lowercased() != name.lowercased() { return false }
        if let service, !data.serviceUUIDs.contains(service), data.serviceData[service] == nil { return false }
        return name != nil || service != nil
    }
}

extension WantedPeer {
    /// Takes what a profile says of a device.
    init(_ connection: BluetoothConnection) {
        self.init(
            address: connection.macAddress,
            kind: connection.addressType,
            name: connection.name,
            service: connection.service
        )
    }
}

extension WantedPeer: CustomStringConvertible {
    /// As log lines name it: by its address, else by what it advertises.
    var description: String {
        if let address { return kind.map { "\(address) (\($0.rawValue))" } ?? "\(address)" }
        let name = name.map { "'\($0)'" }
        let service = service.map { "service \($0)" }
        return [name, service].compactMap(\.self).joined(separator: " with ")
    }
}
