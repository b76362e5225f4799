// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is the least that a driver can be: it reads and writes numbers on a shelf.
struct ShelfDriver: DirectDriver {
    struct ProtocolConfig: Decodable, Sendable {}

    struct VisitorConfig: Decodable, Sendable {
        var slot: Int
    }

    private final class Shelf: Sendable {
        let slots = Mutex<[Int: Int64]>([1: 11, 2: 22, 3: 33])
    }

    private let shelf = Shelf()

    let protocolNames = ["shelf"]

    static var profile: DeviceProfile {
        let properties = (1...3).map { slot in
            Property(
                model: DeviceModel.Property(name: "slot-\(slot)", dataType: .int, accessMode: .readWrite),
                visitor: ["slot": ConfigNode(.int(Int64(slot)))]
            )
        }
        return DeviceProfile(
            devices: [
                DeviceInstance(
                    id: DeviceID("shelf"),
                    modelName: "shelf",
                    protocolName: "shelf",
                    protocolConfig: [:],
                    properties: properties
                )
            ]
        )
    }

    func read(_ visitor: Visitor, of device: BoundDevice) async throws -> Sample {
        guard let number = shelf.slots.withLock({ $0[visitor.config.slot] }) else {
            throw DeviceError(.rejected, "there is no slot \(visitor.config.slot)")
        }
        return Sample(.int(number))
    }

    func write(_ value: PropertyValue, to visitor: Visitor, of device: BoundDevice) async throws {
        guard case .int(let number) = value else { throw ValueError(.notRepresentable, "only whole numbers are kept") }
        shelf.slots.withLock { $0[visitor.config.slot] = number }
    }
}
