// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a peripheral in reach, with all that its advertisements have told so far.
package struct ScannedPeripheral: Sendable {
    /// Is what a peripheral says under a company's number.
    package struct Manufacturer: Hashable, Sendable {
        /// The company's number.
        package var number: UInt16
        /// The company's name, where it is well known.
        package var name: String?
        /// The bytes.
        package var octets: [UInt8]
    }

    /// Who sends.
    package let address: BluetoothAddress
    /// Where the address comes from, as a connection needs it.
    package let kind: BluetoothAddress.Kind
    /// How strongly it was heard last, in dBm.
    package private(set) var rssi: Int?
    /// How many of its packets were received; 0 when only the kernel's discovery has told of it.
    package private(set) var packets = 0
    /// Whether it has said that it takes connections.
    package private(set) var isConnectable = false
    private var data = AdvertisementData()
    private var decoder: BeaconDecoder
    private var beaconsByFormat: [String: ScannedBeacon] = [:]

    init(_ address: BluetoothAddress, _ kind: BluetoothAddress.Kind) {
        self.address = address
        self.kind = kind
        decoder = BeaconDecoder(address: address)
    }

    /// Takes a packet.
    mutating func hear(_ advertisement: Advertisement) {
        packets += 1
        rssi = advertisement.rssi ?? rssi
        isConnectable = isConnectable || advertisement.isConnectable
        take(advertisement.data)
    }

    /// Takes what the kernel's discovery says of it.
    mutating func note(_ peer: DiscoveredPeer) {
        rssi = peer.strength.map { Int($0) } ?? rssi
        isConnectable = isConnectable || peer.isConnectable
        take(AdvertisementData(parsing: peer.data))
    }

    private mutating func take(_ said: AdvertisementData) {
        data.merge(said)
        for outcome in decoder.decode(said) {
            let beacon =
                switch outcome {
                case .success(let reading): ScannedBeacon(reading)
                case .failure(let error): ScannedBeacon(error)
                }
            beaconsByFormat[beacon.format] = beacon
        }
    }
}

extension ScannedPeripheral {
    /// The kind of address in words: `public`, `random static`, `random private`.
    ///
    /// The first two bits of a random address say what it is (Core Specification, Vol 6 Part B 1.3.2).
    package var addressType: String {
        guard kind == .random else { return "public" }
        return address.isPrivateIfRandom ? "random private" : "random static"
    }

    /// The name that people see.
    package var name: String? { data.localName }

    /// The services that it offers or has data for, in the order they were named.
    package var services: [BluetoothUUID] {
        let others = data.serviceData.keys.filter { !data.serviceUUIDs.contains($0) }
        return data.serviceUUIDs + others.sorted { $0.value < $1.value }
    }

    /// The services with their names: `180f Battery`.
    package var serviceLabels: [String] { services.map(AssignedService.label) }

    /// What it says in known formats, by their names.
    package var beacons: [ScannedBeacon] { beaconsByFormat.values.sorted { $0.format < $1.format } }

    /// What it says under companies' numbers.
    package var manufacturers: [Manufacturer] {
        data.manufacturerData.sorted { $0.key < $1.key }.map {
            Manufacturer(number: $0.key, name: Company.name(of: $0.key), octets: $0.value)
        }
    }
}

extension ScannedPeripheral.Manufacturer {
    /// The bytes as hexadecimal digits.
    package var hex: String { HexText.text(octets) }
}
