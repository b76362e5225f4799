// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a simulated unit is made of.
struct SimulatedUnitPlan: Sendable {
    var properties: [SimulatedProperty]
    var faults: UnitFaults
    /// The unit's number, when its registers are to tell where they are instead of the properties' values.
    var identity: UInt8?
}

/// Is a simulated unit: its tables, what moves in them, and how it fails.
///
/// Lives on the thread of its server.
final class SimulatedUnit {
    /// How often values move; who asks more often than that gets the same ones.
    private static let interval = Duration.milliseconds(20)

    let image: RegisterImage
    private let moving: [SimulatedProperty]
    private var faults: UnitFaults
    private let start = ContinuousClock.now
    private var nextMove = ContinuousClock.now

    /// Makes a unit; `nil` when there is no memory for its tables.
    init?(_ plan: SimulatedUnitPlan) {
        guard let image = RegisterImage(plan.properties.map(\.layout)) else { return nil }
        self.image = image
        faults = plan.faults
        if let unit = plan.identity {
            moving = []
            self.image.identify(as: unit)
            return
        }
        let commanded = plan.properties.filter(\.isCommanded)
        // What a client may write keeps what was written, even where another property looks at the same registers.
        moving = plan.properties.filter { property in
            !property.isCommanded
                && !commanded.contains {
                    $0.layout.table == property.layout.table && $0.layout.span.overlaps(property.layout.span)
                }
        }
        for property in plan.properties { store(property, at: 0) }
    }

    /// Brings the moving values to this moment.
    func move() {
        let now = ContinuousClock.now
        guard now >= nextMove else { return }
        nextMove = now + Self.interval
        let seconds = start.duration(to: now) / .seconds(1)
        for property in moving { store(property, at: seconds) }
    }

    /// Decides what becomes of a request.
    func verdict(on request: SimulatorRequest) -> UnitFaults.Verdict {
        faults.verdict(on: request, at: start.duration(to: .now))
    }

    private func store(_ property: SimulatedProperty, at seconds: Double) {
        for write in property.writes(at: seconds) { image.store(write, in: property.layout.table) }
    }
}
