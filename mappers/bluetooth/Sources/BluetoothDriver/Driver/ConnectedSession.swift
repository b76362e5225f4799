// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one connected peripheral.
///
/// What its properties need is found when it is connected, and nothing else; handles count for this connection only.
struct ConnectedSession: PushingSession {
    typealias Visitor = PropertyVisitor<BluetoothVisitor>

    private let peer: Peer
    private let client: GATTClient
    private let bindings: [String: Result<CharacteristicBinding, DeviceError>]
    private let heard = HeardValues()
    private let security: LinkSecurity
    private let link: RadioLink
    private let clock: any MapperClock

    /// Prepares a connection: agrees on the size of packets, protects it as configured, finds what the properties need,
    /// and has the peripheral send what it can send by itself.
    /// - Parameters:
    ///   - channel: The open link; the caller ends both when this throws.
    ///   - link: Where it comes from.
    init(
        _ channel: ATTChannel,
        over link: RadioLink,
        for device: Device<BluetoothConnection, BluetoothVisitor>,
        clock: any MapperClock = SystemClock()
    ) async throws(DeviceError) {
        peer = link.peer
        self.link = link
        self.clock = clock
        let limit = Duration.milliseconds(device.config.responseTimeout)
        client = GATTClient(channel: channel, limit: limit)
        security = LinkSecurity(
            channel: channel,
            link: link,
            demand: device.config.security,
            limit: ATTChannel.transactionLimit
        )
        // From now on, so that nothing is missed between the subscription and the first reading.
        channel.listen { [heard, clock, weak channel] handle, octets in
            let mayBeCut = channel?.mayBeCut(octets) ?? true
            heard.hear(octets, of: handle, at: clock.timestamp, mayBeCut: mayBeCut)
        } onEnd: { _ in
        }
        do throws(ATTFault) {
            try await channel.agreeOnSize(limit: limit)
        } catch {
            throw DeviceError(error, "agreeing on the size of packets", of: peer)
        }
        do throws(L2CAPFault) {
            try await security.begin()
        } catch {
            throw DeviceError(error, "encrypting the link to", to: peer)
        }
        let preparation = SessionPreparation(client: client, security: security, peer: peer) { [heard] in
            heard.forgetAll()
        }
        bindings = try await preparation.bindings(of: device.visitors)
        heard.hear(at: clock.timestamp)
    }

    // MARK: What it says by itself

    func push(to listener: @escaping @Sendable (DeviceNews) -> Void) {
        let subscribed = Dictionary(
            grouping: bindings.values.compactMap { try? $0.get() }.filter(\.isSubscribed),
            by: \.characteristic.value
        )
        client.channel.listen { [heard, clock, weak channel = client.channel] handle, octets in
            let time = clock.timestamp
            let mayBeCut = channel?.mayBeCut(octets) ?? true
            heard.hear(octets, of: handle, at: time, mayBeCut: mayBeCut)
            for binding in subscribed[handle] ?? [] where !(mayBeCut && binding.readsCutValues) {
                // What makes no sense is said when the property is read.
                guard let value = try? binding.codec.value(of: octets) else { continue }
                listener(.sample(property: binding.property, Sample(value, at: time)))
            }
        } onEnd: { [peer] fault in
            if fault != .cancelled { listener(.lost(DeviceError(fault, "the connection", of: peer))) }
        }
    }

    // MARK: Reading

    /// Reads properties; one characteristic is read once, whatever the number of properties in it.
    func read(_ visitors: [Visitor]) async -> [Result<Sample, any Error>] {
        // What was heard before is nobody's any more.
        guard !client.channel.wasClosed else { return visitors.map { _ in .failure(closed) } }
        var known: [UInt16: Result<HeardValues.Value, DeviceError>] = [:]
        var results: [Result<Sample, any Error>] = []
        for visitor in visitors {
            do {
                results.append(.success(try await sample(of: visitor, &known)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    private var closed: DeviceError { DeviceError(.disconnected, "the link to \(peer) was closed") }

    private func sample(
        of visitor: Visitor,
        _ known: inout [UInt16: Result<HeardValues.Value, DeviceError>]
    ) async throws -> Sample {
        switch visitor.config.source {
        case .rssi:
            guard let strength = try await link.signal() else {
                throw DeviceError(.rejected, "nobody tells how strong the link to \(peer) is")
            }
            return Sample(.int(Int64(strength)))
        case .lastSeen: return Sample(.int(heard.last?.milliseconds ?? 0))
        case .manufacturerData, .serviceData, .beacon:
            throw DeviceError(.unsupported, "what \(peer) advertises is not listened to while it is connected")
        case .characteristic, .battery: break
        }
        let binding = try binding(of: visitor)
        let handle = binding.characteristic.value
        if known[handle] == nil { known[handle] = await newest(binding) }
        guard let value = try known[handle]?.get() else { throw DeviceError(.driverFailure, "nothing was read") }
        return Sample(try binding.codec.value(of: value.octets), at: value.time)
    }

    /// The last value that came by itself, or else the one there is now.
    private func newest(_ binding: CharacteristicBinding) async -> Result<HeardValues.Value, DeviceError> {
        let handle = binding.characteristic.value
        if binding.isSubscribed, let value = heard[handle], !(value.mayBeCut && readsCutValues(of: handle)) {
            return .success(value)
        }
        do throws(DeviceError) {
            let octets = try await current(binding.characteristic)
            let time = clock.timestamp
            heard.hear(at: time)
            return .success(HeardValues.Value(octets: octets, time: time))
        } catch {
            return .failure(error)
        }
    }

    private func readsCutValues(of handle: UInt16) -> Bool {
        bindings.values.contains { binding in
            guard let binding = try? binding.get(), binding.characteristic.value == handle else { return false }
            return binding.readsCutValues
        }
    }

    private func current(_ characteristic: GATTCharacteristic) async throws(DeviceError) -> [UInt8] {
        let deed = "reading characteristic \(characteristic.uuid)"
        guard characteristic.properties.contains(.read) else {
            guard characteristic.subscriptionBits != nil else {
                throw DeviceError(.unsupported, "\(deed) of \(peer): it can only be written")
            }
            throw DeviceError(.rejected, "\(deed) of \(peer): it cannot be read, and has sent nothing by itself yet")
        }
        do throws(GATTFault) {
            return try await security.securing { () async throws(GATTFault) in
                try await client.read(characteristic.value)
            }
        } catch {
            throw DeviceError(error, deed, of: peer)
        }
    }

    private func binding(of visitor: Visitor) throws(DeviceError) -> CharacteristicBinding {
        guard let binding = bindings[visitor.property.name] else {
            throw DeviceError(.unsupported, "property '\(visitor.property.name)' is no characteristic of \(peer)")
        }
        return try binding.get()
    }

    // MARK: Writing

    /// Writes one property; with an answer where the characteristic gives one, unless the profile says otherwise.
    func write(_ value: PropertyValue, to visitor: Visitor) async throws {
        let binding = try binding(of: visitor)
        let characteristic = binding.characteristic
        let isAcknowledged = try isAcknowledged(visitor.config.acknowledge, characteristic)
        var current: [UInt8] = []
        // Bits beside those of the property stay as they are; whoever writes in between, by another way, loses.
        if binding.codec.needsCurrentOctets(toWrite: value), characteristic.properties.contains(.read) {
            current = try await self.current(characteristic)
        }
        let octets = try binding.codec.octets(of: value, replacing: current)
        do throws(GATTFault) {
            if isAcknowledged {
                try await security.securing { () async throws(GATTFault) in
                    try await client.write(octets, to: characteristic.value)
                }
            } else {
                try await client.writeWithoutResponse(octets, to: characteristic.value)
            }
        } catch {
            throw DeviceError(error, "writing characteristic \(characteristic.uuid)", of: peer)
        }
        heard.forget(characteristic.value)
    }

    private func isAcknowledged(
        _ wanted: AutomaticSwitch,
        _ characteristic: GATTCharacteristic
    ) throws(DeviceError) -> Bool {
        let acknowledges = characteristic.properties.contains(.write)
        let takesCommands = characteristic.properties.contains(.writeWithoutResponse)
        switch wanted {
        case .on where acknowledges, .auto where acknowledges: return true
        case .off where takesCommands, .auto where takesCommands: return false
        case .auto: throw refusal("cannot be written", characteristic)
        case .on: throw refusal("acknowledges no writes ('acknowledge' is on)", characteristic)
        case .off: throw refusal("takes no writes without acknowledging them ('acknowledge' is off)", characteristic)
        }
    }

    private func refusal(_ reason: String, _ characteristic: GATTCharacteristic) -> DeviceError {
        DeviceError(.unsupported, "characteristic \(characteristic.uuid) of \(peer) \(reason)")
    }

    func close() async {
        client.channel.close()
        link.end()
    }
}
