// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

/// Is a session with a simulated peripheral, as a driver opens it.
struct SessionBench {
    let session: ConnectedSession
    let visitors: [PropertyVisitor<BluetoothVisitor>]

    private typealias Described = (name: String, type: DataType, visitor: ConfigNode)

    private static let properties: [Described] = [
        ("level", .int, ["characteristicUUID": "2A19"]),
        ("main", .int, ["source": "battery"]),
        ("setpoint", .int, ["characteristicUUID": "2A6E", "serviceUUID": "FFF0", "dataType": "int16"]),
        ("low", .int, ["characteristicUUID": "2A6E", "dataType": "uint8", "startByte": 0]),
        ("alarm", .int, ["characteristicUUID": "2a46", "dataType": "uint8"]),
        ("long", .string, ["characteristicUUID": "FFF1", "dataType": "hex"]),
        ("absent", .int, ["characteristicUUID": "2A00"]),
    ]

    /// Opens a session over a link; takes the descriptor.
    init(_ descriptor: CInt, to peripheral: SimulatedPeripheral, responseTimeout: Int = 5000) async throws {
        let peer = Peer(address: peripheral.address, kind: peripheral.kind)
        try await self.init(descriptor, to: peer, Self.properties, responseTimeout: responseTimeout)
    }

    /// Opens a session with any peripheral, for whole numbers.
    init(_ descriptor: CInt, to peer: Peer, _ visitors: [(name: String, visitor: ConfigNode)]) async throws {
        let properties = visitors.map { Described($0.name, .int, $0.visitor) }
        try await self.init(descriptor, to: peer, properties, responseTimeout: 20_000)
    }

    private init(
        _ descriptor: CInt,
        to peer: Peer,
        _ properties: [Described],
        responseTimeout: Int
    ) async throws {
        visitors = try properties.map { name, type, visitor in
            let model = DeviceModel.Property(name: name, dataType: type, accessMode: .readWrite)
            let outcome = ConfigDecoder.decode(BluetoothVisitor.self, from: visitor, subject: "it")
            let config = try #require(outcome.value, "\(outcome.diagnostics)")
            return PropertyVisitor(property: Property(model: model, visitor: visitor), config: config)
        }
        let instance = DeviceInstance(
            id: DeviceID("tag"),
            modelName: "m",
            protocolName: "bluetooth",
            protocolConfig: [:],
            properties: visitors.map(\.property)
        )
        var config = BluetoothConnection(macAddress: peer.address)
        config.responseTimeout = responseTimeout
        let device = Device(instance: instance, config: config, visitors: visitors)
        let link = RadioLink(peer: peer, descriptor: descriptor, signal: { nil }, pairing: PairingWatch(), end: {})
        session = try await ConnectedSession(ATTChannel(descriptor), over: link, for: device)
    }

    func visitor(_ name: String) throws -> PropertyVisitor<BluetoothVisitor> {
        try #require(visitors.first { $0.property.name == name })
    }

    /// The values of properties, failures as their text.
    func texts(_ names: String...) async throws -> [String] {
        try await session.read(names.map { try visitor($0) }).map { result in
            switch result {
            case .success(let sample): sample.value.text
            case .failure(let error): "\(error)"
            }
        }
    }
}
