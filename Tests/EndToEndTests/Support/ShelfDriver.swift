// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import MapperKit
import Synchronization

/// Speaks no protocol of the network: its devices are shelves of values in this process.
struct ShelfDriver: DeviceDriver {
    struct ProtocolConfig: Decodable, Sendable { var rack: String }

    struct VisitorConfig: Decodable, Sendable { var slot: Int }

    struct Session: DeviceSession {
        let shelf: Mutexed<Shelf>

        func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            guard let value = shelf.value.withLock({ $0.values[visitor.config.slot] }) else {
                throw DeviceError(.malformedResponse, "slot \(visitor.config.slot) is empty")
            }
            return Sample(value)
        }

        func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            shelf.value.withLock { shelf in
                shelf.values[visitor.config.slot] = value
                shelf.writes.append("\(visitor.config.slot) = \(value)")
            }
        }
    }

    /// What a shelf holds, and what was put there.
    struct Shelf: Sendable {
        var values: [Int: PropertyValue]
        var writes: [String] = []
        var racks: [String] = []
    }

    let protocolNames = ["shelf"]
    let shelf: Mutexed<Shelf>

    init(_ values: [Int: PropertyValue]) { shelf = Mutexed(Shelf(values: values)) }

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        shelf.value.withLock { $0.racks.append(device.config.rack) }
        return Session(shelf: shelf)
    }
}
