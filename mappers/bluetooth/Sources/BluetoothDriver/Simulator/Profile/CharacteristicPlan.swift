// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a characteristic that a profile's properties need.
struct CharacteristicPlan: Sendable {
    typealias Visitor = PropertyVisitor<BluetoothVisitor>

    let service: BluetoothUUID
    let uuid: BluetoothUUID
    /// Which of its kind in the service, counted from 1.
    let instance: Int
    private(set) var visitors: [Visitor] = []
    private(set) var values: [PlannedValue] = []
    private(set) var presentation: [UInt8]?
    /// What cannot be played, by property.
    private(set) var problems: [(visitor: Visitor, problem: VisitorProblem)] = []

    init(_ service: BluetoothUUID, _ uuid: BluetoothUUID, instance: Int) {
        (self.service, self.uuid, self.instance) = (service, uuid, instance)
    }

    mutating func add(_ visitor: Visitor) { visitors.append(visitor) }

    /// Works out the values, once all visitors are known.
    mutating func plan(for device: DeviceID, seed: UInt64) {
        let isBattery = visitors.allSatisfy { $0.config.source == .battery }
        presentation = isBattery || visitors.count != 1 ? nil : visitors.first.flatMap(PresentationChoice.octets)
        for visitor in visitors {
            do throws(VisitorProblem) {
                values.append(
                    try PlannedValue(
                        isBattery || visitor.config.source == .battery ? Self.battery(visitor) : visitor,
                        presentation: presentation.flatMap { PresentationFormat($0) },
                        isShared: visitors.count > 1,
                        key: "\(device) \(visitor.property.name)",
                        seed: seed
                    )
                )
            } catch {
                problems.append((visitor, error))
            }
        }
    }

    /// The characteristic as it is when the device is switched on.
    func characteristic(protection: UInt8) -> SimulatedCharacteristic {
        SimulatedCharacteristic(
            uuid,
            properties,
            value: octets(at: 0, replacing: [], isFirst: true),
            userDescription: visitors.count == 1 ? visitors.first?.property.model.description : nil,
            presentationFormat: presentation,
            protection: protection
        )
    }

    /// The bytes for a moment; what the mapper decides stays.
    func octets(at seconds: Double, replacing current: [UInt8], isFirst: Bool = false) -> [UInt8] {
        let extent = values.map(\.extent).max() ?? 0
        var octets = current + [UInt8](repeating: 0, count: max(0, extent - current.count))
        for value in values where isFirst || !value.course.isCommanded {
            octets = value.octets(at: seconds, replacing: octets) ?? octets
        }
        return octets
    }

    /// Whether it changes by itself.
    var moves: Bool { values.contains { !$0.course.isCommanded } }

    private var properties: SimulatedCharacteristic.Properties {
        var properties: SimulatedCharacteristic.Properties = [.read]
        for visitor in visitors {
            let isCommanded =
                visitor.property.model.accessMode == .readWrite && visitor.config.source == .characteristic
            if isCommanded { properties.insert(visitor.config.acknowledge == .off ? .writeWithoutResponse : .write) }
            if visitor.config.notify == .on || visitor.config.notify == .auto && !isCommanded {
                properties.insert(.notify)
            }
        }
        return properties
    }

    /// A battery's charge as the standard characteristic has it.
    private static func battery(_ visitor: Visitor) -> Visitor {
        var property = visitor.property
        let range = property.model.range
        property.model.range = ValueRange(
            minimum: .double(min(max(range.minimum?.number ?? 0, 0), 100)),
            maximum: .double(max(min(range.maximum?.number ?? 100, 100), 0))
        )
        var config = visitor.config
        config.dataType = .integer(bits: 8, isSigned: false)
        return Visitor(property: property, config: config)
    }
}
