// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds what the properties of a peripheral need on a new connection.
struct SessionPreparation: Sendable {
    typealias Visitor = PropertyVisitor<BluetoothVisitor>

    let client: GATTClient
    let security: LinkSecurity
    let peer: Peer
    /// Called when the peripheral's handles have changed while they were looked up.
    let onChange: @Sendable () -> Void

    /// Where a peripheral says that its handles change.
    private static let serviceChanged = GATTPlace(
        characteristic: BluetoothUUID(0x2A05),
        service: BluetoothUUID(0x1801)
    )

    /// Finds the characteristics, learns what their bytes mean, and subscribes; what is wrong with one property leaves
    /// the others alone.
    /// - Throws: ``DeviceError`` when the connection is of no use.
    func bindings(
        of visitors: [Visitor]
    ) async throws(DeviceError) -> [String: Result<CharacteristicBinding, DeviceError>] {
        let places = visitors.compactMap(\.config.place)
        guard !places.isEmpty else { return [:] }
        try await watchTable()
        while true {
            let changes = client.channel.readTable()
            let bindings = try await bindings(of: visitors, at: places)
            if client.channel.trustTable(since: changes) { return bindings }
        }
    }

    /// Has the peripheral say when its handles change, before any is looked up: with old ones the values of other
    /// characteristics would be read and written.
    private func watchTable() async throws(DeviceError) {
        do throws(GATTFault) {
            let table = try await client.table(for: [Self.serviceChanged])
            let characteristic = try Self.serviceChanged.find(in: table)
            client.channel.watchTable(at: characteristic.value, onChange: onChange)
            try await client.subscribe(to: characteristic)
        } catch {
            let failure = DeviceError(error, "looking for Service Changed", of: peer)
            // One whose handles never change need not have it.
            if failure.meansAbsent || failure.code == .cancelled { throw failure }
        }
    }

    private func bindings(
        of visitors: [Visitor],
        at places: [GATTPlace]
    ) async throws(DeviceError) -> [String: Result<CharacteristicBinding, DeviceError>] {
        let table: GATTTable
        do throws(GATTFault) {
            table = try await client.table(for: places)
        } catch {
            throw DeviceError(error, "looking for characteristics", of: peer)
        }
        var bindings: [String: Result<CharacteristicBinding, DeviceError>] = [:]
        var subscribed: Set<UInt16> = []
        for visitor in visitors {
            guard let place = visitor.config.place else { continue }
            do throws(DeviceError) {
                var binding = try await binding(of: visitor, at: place, in: table)
                binding.isSubscribed = try await subscribe(binding, visitor.config.notify, &subscribed)
                bindings[visitor.property.name] = .success(binding)
            } catch {
                if error.meansAbsent || error.code == .cancelled { throw error }
                bindings[visitor.property.name] = .failure(error)
            }
        }
        return bindings
    }

    private func binding(
        of visitor: Visitor,
        at place: GATTPlace,
        in table: GATTTable
    ) async throws(DeviceError) -> CharacteristicBinding {
        do throws(GATTFault) {
            let characteristic = try place.find(in: table)
            var codec = try codec(of: visitor, nil)
            if codec.adoptsPresentation, let format = try await presentation(of: characteristic) {
                codec = try self.codec(of: visitor, format)
            }
            return CharacteristicBinding(property: visitor.property.name, characteristic: characteristic, codec: codec)
        } catch {
            throw DeviceError(error, "property '\(visitor.property.name)'", of: peer)
        }
    }

    private func codec(of visitor: Visitor, _ format: PresentationFormat?) throws(GATTFault) -> ValueCodec {
        do throws(VisitorProblem) {
            return try ValueCodec(of: visitor.config, for: visitor.property.model, presentation: format)
        } catch {
            throw .unsuitable(error.message)
        }
    }

    private func presentation(of characteristic: GATTCharacteristic) async throws(GATTFault) -> PresentationFormat? {
        let descriptors = try await client.descriptors(of: characteristic)
        guard let handle = descriptors[GATTClient.Attribute.presentationFormat] else { return nil }
        let octets = try await security.securing { () async throws(GATTFault) in try await client.read(handle) }
        return PresentationFormat(octets)
    }

    /// - Returns: whether values come by themselves from now on.
    private func subscribe(
        _ binding: CharacteristicBinding,
        _ wanted: AutomaticSwitch,
        _ subscribed: inout Set<UInt16>
    ) async throws(DeviceError) -> Bool {
        let handle = binding.characteristic.value
        let canSubscribe = binding.characteristic.subscriptionBits != nil
        guard wanted != .off, canSubscribe || wanted == .on else { return false }
        if subscribed.contains(handle) { return true }
        do throws(GATTFault) {
            try await security.securing { () async throws(GATTFault) in
                try await client.subscribe(to: binding.characteristic)
            }
        } catch {
            let failure = DeviceError(error, "subscribing to characteristic \(binding.characteristic.uuid)", of: peer)
            // Readable all the same: then it is read on schedule, unless the profile insists.
            if wanted == .auto, !failure.meansAbsent, failure.code != .cancelled { return false }
            throw failure
        }
        subscribed.insert(handle)
        return true
    }
}
