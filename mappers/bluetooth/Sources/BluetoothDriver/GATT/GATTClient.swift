// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Does the procedures of the generic attribute profile (Core Specification, Vol 3 Part G 4) over one connection.
struct GATTClient: Sendable {
    /// The UUIDs of what makes up a table.
    enum Attribute {
        static let primaryService = BluetoothUUID(0x2800)
        static let characteristic = BluetoothUUID(0x2803)
        static let declarations = [primaryService, BluetoothUUID(0x2801), characteristic]
        static let clientConfiguration = BluetoothUUID(0x2902)
        static let presentationFormat = BluetoothUUID(0x2904)
    }

    /// What a value holds at most.
    static let longestValue = 512

    let channel: ATTChannel
    /// How long each answer may take.
    let limit: Duration

    // MARK: Discovery

    /// Finds services: those that are named, or all there are.
    func services(_ wanted: Set<BluetoothUUID>? = nil) async throws(GATTFault) -> [GATTTable.Service] {
        guard let wanted else { return try await allServices() }
        var services: [GATTTable.Service] = []
        for uuid in wanted.sorted(by: { $0.value < $1.value }) {
            let found: [HandleRange] = try await ranges { range in
                .findByTypeValue(range, type: 0x2800, value: uuid.littleEndianBytes)
            } in: { response in
                guard case .ranges(let ranges) = response else { return [] }
                return ranges.map { ($0.last, $0) }
            }
            services += found.map { GATTTable.Service(uuid: uuid, range: $0) }
        }
        return services.sorted { $0.range.first < $1.range.first }
    }

    private func allServices() async throws(GATTFault) -> [GATTTable.Service] {
        try await ranges { range in
            .readByGroupType(range, Attribute.primaryService)
        } in: { response in
            guard case .groups(let groups) = response else { return [] }
            return groups.compactMap { group in
                BluetoothUUID(littleEndian: group.value).map {
                    (group.range.last, GATTTable.Service(uuid: $0, range: group.range))
                }
            }
        }
    }

    /// Finds the characteristics in a range of handles.
    func characteristics(in range: HandleRange) async throws(GATTFault) -> [GATTCharacteristic] {
        let declarations: [ATTResponse.Attribute] = try await ranges(of: range) { range in
            .readByType(range, Attribute.characteristic)
        } in: { response in
            guard case .attributes(let attributes) = response else { return [] }
            return attributes.map { ($0.handle, $0) }
        }
        return declarations.indices.compactMap { index in
            let next = declarations.indices.contains(index + 1) ? declarations[index + 1].handle - 1 : range.last
            let declaration = declarations[index]
            return GATTCharacteristic(declaration: declaration.handle, declaration.value, last: next)
        }
    }

    /// Finds what a profile wants, and not more: where every characteristic's service is named only those services.
    func table(for places: [GATTPlace]) async throws(GATTFault) -> GATTTable {
        let named = Set(places.compactMap(\.service))
        var table = GATTTable()
        if !named.isEmpty { table.services = try await services(named) }
        let ranges = places.allSatisfy { $0.service != nil } ? table.services.map(\.range) : [HandleRange.all]
        for range in ranges { table.characteristics += try await characteristics(in: range) }
        return table
    }

    /// Finds the descriptors of a characteristic.
    func descriptors(of characteristic: GATTCharacteristic) async throws(GATTFault) -> [BluetoothUUID: UInt16] {
        guard let range = characteristic.descriptors else { return [:] }
        let found: [ATTResponse.Information] = try await ranges(of: range) { range in
            .findInformation(range)
        } in: { response in
            guard case .information(let information) = response else { return [] }
            return information.map { ($0.handle, $0) }
        }
        var handles: [BluetoothUUID: UInt16] = [:]
        // Where the service's end is not known, the next one's declaration ends the list.
        for entry in found.prefix(while: { !Attribute.declarations.contains($0.type) }) where handles[entry.type] == nil
        {
            handles[entry.type] = entry.handle
        }
        return handles
    }

    /// Repeats a request behind what it has brought, until the server says that there is no more.
    private func ranges<Found>(
        of all: HandleRange = .all,
        _ request: (HandleRange) -> ATTRequest,
        in found: (ATTResponse) -> [(UInt16, Found)]
    ) async throws(GATTFault) -> [Found] {
        var results: [Found] = []
        var rest: HandleRange? = all
        while let range = rest {
            let response: ATTResponse
            do throws(ATTFault) {
                response = try await channel.ask(request(range), limit: limit)
            } catch .refused(.attributeNotFound) {
                break
            } catch {
                throw .failed(error)
            }
            let entries = found(response)
            results += entries.map(\.1)
            guard let last = entries.last?.0 else { break }
            rest = range.after(last)
        }
        return results
    }

    // MARK: Values

    /// Reads a value, in parts where it is long.
    func read(_ handle: UInt16) async throws(GATTFault) -> [UInt8] {
        var value = try await part(.read(handle))
        var part = value
        while part.count == channel.mtu - 1, value.count < Self.longestValue {
            do {
                part = try await self.part(.readBlob(handle, offset: value.count))
            } catch .failed(.refused(.attributeNotLong)), .failed(.refused(.invalidOffset)) {
                // As long as one part, to the byte.
                break
            }
            value += part
        }
        return Array(value.prefix(Self.longestValue))
    }

    private func part(_ request: ATTRequest) async throws(GATTFault) -> [UInt8] {
        guard case .value(let value) = try await ask(request) else { return [] }
        return value
    }

    /// Writes a value and waits for the server's word; in parts where it is long.
    func write(_ value: [UInt8], to handle: UInt16) async throws(GATTFault) {
        guard value.count <= Self.longestValue else { throw .tooLong(value.count) }
        guard value.count > channel.mtu - 3 else {
            _ = try await ask(.write(handle, value))
            return
        }
        do throws(GATTFault) {
            try await prepare(value, for: handle)
        } catch {
            // What was put aside would otherwise be written together with the next value.
            _ = try? await ask(.executeWrite(isCommitted: false))
            throw error
        }
        _ = try await ask(.executeWrite(isCommitted: true))
    }

    private func prepare(_ value: [UInt8], for handle: UInt16) async throws(GATTFault) {
        let size = channel.mtu - 5
        for offset in stride(from: 0, to: value.count, by: size) {
            let part = Array(value[offset..<min(offset + size, value.count)])
            let answer = try await ask(.prepareWrite(handle, offset: offset, part))
            guard answer == .prepared(handle: handle, offset: offset, part) else { throw .wrongEcho }
        }
    }

    /// Sends a value that the server does not acknowledge, and asks for something that it answers.
    ///
    /// What is sent arrives in its order or not at all, so an answer says that the value was there before. Without the
    /// question one that was on its way when the link broke would count as written.
    func writeWithoutResponse(_ value: [UInt8], to handle: UInt16) async throws(GATTFault) {
        do {
            try channel.send(command: [0x52] + handle.littleEndianBytes + value)
            _ = try await channel.ask(.findInformation(HandleRange(first: handle, last: handle)), limit: limit)
        } catch .refused, .malformed {
            return
        } catch {
            throw .failed(error)
        }
    }

    /// Has the server send a value by itself from now on: with confirmation only where it knows no other way.
    func subscribe(to characteristic: GATTCharacteristic) async throws(GATTFault) {
        guard let bits = characteristic.subscriptionBits else { throw .noSubscription }
        let descriptors = try await descriptors(of: characteristic)
        guard let handle = descriptors[Attribute.clientConfiguration] else { throw .noSubscription }
        try await write([bits, 0], to: handle)
    }

    private func ask(_ request: ATTRequest) async throws(GATTFault) -> ATTResponse {
        do {
            return try await channel.ask(request, limit: limit)
        } catch {
            throw .failed(error)
        }
    }
}
