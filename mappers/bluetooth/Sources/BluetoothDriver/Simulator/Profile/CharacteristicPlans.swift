// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Sorts a device's properties into characteristics, and these into services.
struct CharacteristicPlans: Sendable {
    private(set) var plans: [CharacteristicPlan] = []

    /// Holds what no standard service has, and no profile names a service for.
    private static let ownService = BluetoothUUID(value: 0x6D61_7070_6572_4B69_7400_0000_0000_0001)

    init(_ device: Device<BluetoothConnection, BluetoothVisitor>, seed: UInt64) {
        let visitors = device.visitors.filter { $0.config.place != nil }
        var known: [BluetoothUUID: BluetoothUUID] = [:]
        for visitor in visitors {
            if let place = visitor.config.place, let service = place.service, known[place.characteristic] == nil {
                known[place.characteristic] = service
            }
        }
        for visitor in visitors {
            guard let place = visitor.config.place else { continue }
            let uuid = place.characteristic
            let service = place.service ?? known[uuid] ?? Self.service(of: uuid)
            let instance = place.instance ?? 1
            let isHere = { (plan: CharacteristicPlan) in
                plan.service == service && plan.uuid == uuid && plan.instance == instance
            }
            if !plans.contains(where: isHere) {
                plans.append(CharacteristicPlan(service, uuid, instance: instance))
            }
            if let index = plans.firstIndex(where: isHere) { plans[index].add(visitor) }
        }
        // The earlier of several of one kind are there, too.
        for plan in plans {
            for instance in 1..<max(plan.instance, 1)
            where !plans.contains(where: {
                $0.service == plan.service && $0.uuid == plan.uuid && $0.instance == instance
            }) {
                plans.append(CharacteristicPlan(plan.service, plan.uuid, instance: instance))
            }
        }
        plans = Self.sorted(plans)
        for index in plans.indices { plans[index].plan(for: device.id, seed: seed) }
    }

    /// The services, without those that each device has.
    func services(protection: UInt8) -> [SimulatedService] {
        var services: [SimulatedService] = []
        for plan in plans {
            let characteristic = plan.characteristic(protection: protection)
            if services.last?.uuid == plan.service {
                services[services.count - 1].characteristics.append(characteristic)
            } else {
                services.append(SimulatedService(plan.service, [characteristic]))
            }
        }
        return services
    }

    /// Services in the order of the profile, the generic one first; in each the instances in their order.
    private static func sorted(_ plans: [CharacteristicPlan]) -> [CharacteristicPlan] {
        var order: [BluetoothUUID] = [BluetoothUUID(0x1800)]
        for plan in plans where !order.contains(plan.service) { order.append(plan.service) }
        return order.flatMap { service in
            let own = plans.filter { $0.service == service }
            return own.filter { $0.instance == 1 } + own.filter { $0.instance > 1 }.sorted { $0.instance < $1.instance }
        }
    }

    /// Where the Bluetooth SIG has put a characteristic.
    private static func service(of uuid: BluetoothUUID) -> BluetoothUUID {
        switch uuid.short ?? 0 {
        case 0x2A00, 0x2A01, 0x2A04: BluetoothUUID(0x1800)
        case 0x2A19: BluetoothUUID(0x180F)
        case 0x2A23...0x2A2A, 0x2A50: BluetoothUUID(0x180A)
        case 0x2A6C...0x2A78: BluetoothUUID(0x181A)
        default: ownService
        }
    }
}
