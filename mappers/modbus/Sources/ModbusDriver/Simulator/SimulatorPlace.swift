// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where units are served, and which.
struct SimulatorPlacePlan: Sendable {
    var endpoint: SimulatorEndpoint
    var framing: SimulatorFraming
    var units: [UInt8: SimulatedUnitPlan]
}

/// Is a place with its units, on the thread that serves them.
struct SimulatorPlace {
    let endpoint: SimulatorEndpoint
    let framing: SimulatorFraming
    let units: [UInt8: SimulatedUnit]

    init(_ plan: SimulatorPlacePlan) {
        endpoint = plan.endpoint
        framing = plan.framing
        units = plan.units.compactMapValues { SimulatedUnit($0) }
    }
}
