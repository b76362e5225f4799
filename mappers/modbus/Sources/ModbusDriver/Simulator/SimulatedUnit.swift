// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a simulated unit: its tables and what moves in them.
///
/// Lives on the thread of its server.
final class SimulatedUnit {
    let image: RegisterImage
    private let moving: [SimulatedProperty]
    private let start = ContinuousClock.now

    /// Makes a unit of the properties of one or several devices; `nil` when there is no memory for its tables.
    init?(_ properties: [SimulatedProperty]) {
        guard let image = RegisterImage(properties.map(\.layout)) else { return nil }
        self.image = image
        let commanded = properties.filter(\.isCommanded)
        // What a client may write keeps what was written, even where another property looks at the same registers.
        moving = properties.filter { property in
            !property.isCommanded
                && !commanded.contains {
                    $0.layout.table == property.layout.table && $0.layout.span.overlaps(property.layout.span)
                }
        }
        for property in properties { store(property, at: 0) }
    }

    /// Brings the moving values to this moment.
    func move() {
        let seconds = Double(start.duration(to: .now).milliseconds) / 1000
        for property in moving { store(property, at: seconds) }
    }

    private func store(_ property: SimulatedProperty, at seconds: Double) {
        for write in property.writes(at: seconds) { image.store(write, in: property.layout.table) }
    }
}
