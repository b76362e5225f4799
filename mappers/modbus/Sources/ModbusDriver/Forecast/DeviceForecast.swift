// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Is how a device will be read, and what that takes of its bus.
package struct DeviceForecast: Sendable {
    /// One request of the device's plan.
    package struct Request: Sendable {
        /// The table, in KubeEdge's word.
        package var table: String
        /// The first address.
        package var first: Int
        /// How many registers or bits.
        package var count: Int
        /// The properties it brings.
        package var properties: [String]
        /// What it takes, in seconds.
        package var seconds: Double
    }

    /// The device.
    package var device: DeviceID
    /// Its unit.
    package var unit: Int
    /// The requests when everything is due.
    package var requests: [Request]
    /// The cycles of its properties, shortest first.
    package var cycles: [Duration]
    /// What share of the bus's time the device takes.
    package var load: Double
    /// The least that reading everything could take, over what the plan takes.
    package var efficiency: Double
    /// What the device's answers have shown, in sentences.
    package var learnt: [String]

    init(
        _ device: Device<ModbusConnection, ModbusVisitor>,
        cost: LinkCost,
        knowledge: UnitKnowledge,
        switchesUnits: Bool
    ) {
        let layouts = SessionLayouts(device)
        let planner = ReadPlanner(rules: device.config.rules, knowledge: knowledge, cost: cost)
        learnt = knowledge.sentences
        let timing = device.config.timing
        let pause = Double(timing.requestPause) / 1000
        let switchPause = switchesUnits ? Double(timing.unitSwitchPause) / 1000 : 0
        func items(_ isIncluded: (Property) -> Bool) -> [PlanItem] {
            device.visitors.filter { isIncluded($0.property) }
                .compactMap { layouts.number(of: $0).flatMap(layouts.item) }
        }
        func time(_ blocks: [ReadBlock]) -> Double {
            planner.cost(of: blocks) + pause * Double(blocks.count) + (blocks.isEmpty ? 0 : switchPause)
        }
        self.device = device.id
        unit = device.config.slaveID
        let everything = items { $0.collectCycle != nil }
        let blocks = planner.plan(everything)
        requests = blocks.map { block in
            Request(
                table: block.table.rawValue,
                first: block.span.first,
                count: block.span.count,
                properties: block.items.map { device.visitors[$0.index].property.name },
                seconds: time([block]) - switchPause
            )
        }
        let cycles = device.visitors.compactMap(\.property.collectCycle)
        self.cycles = Set(cycles).sorted()
        load = DueSets(cycles).rates.reduce(0) { sum, entry in
            let (due, rate) = entry
            let blocks = planner.plan(items { $0.collectCycle.map(due.contains) ?? false })
            return sum + rate * time(blocks)
        }
        let planned = planner.cost(of: blocks)
        efficiency = planned > 0 ? planner.leastCost(of: everything) / planned : 1
    }
}
