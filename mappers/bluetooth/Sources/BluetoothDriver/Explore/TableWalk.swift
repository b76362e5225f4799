// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Walks through a connected peripheral's table; it only reads.
struct TableWalk: Sendable {
    let client: GATTClient
    let plan: ExplorePlan

    /// What the peripheral has.
    func services() async throws(GATTFault) -> [ExploredService] {
        var services: [ExploredService] = []
        for found in try await client.services() {
            var service = ExploredService(uuid: found.uuid, handle: found.range.first)
            for characteristic in try await client.characteristics(in: found.range) {
                service.characteristics.append(try await explored(characteristic))
            }
            services.append(service)
        }
        return services
    }

    private func explored(_ found: GATTCharacteristic) async throws(GATTFault) -> ExploredCharacteristic {
        var result = ExploredCharacteristic(found)
        let handles = try await client.descriptors(of: found)
        result.descriptors = handles.sorted { $0.value < $1.value }.map {
            ExploredDescriptor(uuid: $0.key, handle: $0.value)
        }
        if let handle = handles[.userDescription], case .octets(let octets) = try await read(handle) {
            result.userDescription = String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
        }
        if let handle = handles[.presentationFormat], case .octets(let octets) = try await read(handle) {
            result.presentation = PresentationFormat(octets)
        }
        if plan.readsValues, found.properties.contains(.read) { result.reading = try await read(found.value) }
        return result
    }

    /// Reads an attribute; a refusal is a result, too.
    /// - Throws: what ends the connection.
    private func read(_ handle: UInt16) async throws(GATTFault) -> ExploredCharacteristic.Reading {
        do throws(GATTFault) {
            return .octets(try await client.read(handle))
        } catch .failed(.refused(let code)) where code.wantsSecurity {
            return try await readSecurely(handle, code)
        } catch .failed(.refused(let code)) {
            return .failed("\(code)")
        } catch {
            throw error
        }
    }

    private func readSecurely(
        _ handle: UInt16,
        _ code: ATTErrorCode
    ) async throws(GATTFault) -> ExploredCharacteristic.Reading {
        guard plan.pairs else { return .protected("\(code)") }
        guard let descriptor = client.channel.duplicate() else { throw .failed(.closed(0)) }
        defer { L2CAPSocket.close(descriptor) }
        do throws(L2CAPFault) {
            let level: L2CAPSecurity = plan.passkey == nil ? .medium : .high
            try await L2CAPSocket.raise(descriptor, to: level, within: ATTChannel.transactionLimit)
        } catch {
            return .protected("\(code), and the link could not be protected: \(error)")
        }
        do throws(GATTFault) {
            return .octets(try await client.read(handle))
        } catch .failed(.refused(let code)) {
            return code.wantsSecurity ? .protected("\(code)") : .failed("\(code)")
        } catch {
            throw error
        }
    }
}
