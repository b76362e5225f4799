// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// Finds the memory of each unit: one for as long as the driver lives, whoever comes and goes.
///
/// It grows with the units that were ever configured, a few hundred bytes each.
final class UnitMemories: Sendable {
    private struct Place: Hashable {
        var bus: String
        var unit: UInt8
    }

    private let memories = Mutex<[Place: UnitMemory]>([:])

    /// The memory of a unit that was met before.
    func known(_ unit: UInt8, on bus: BusAddress) -> UnitMemory? {
        memories.withLock { $0[Place(bus: bus.key, unit: unit)] }
    }

    func memory(of unit: UInt8, on bus: BusAddress, line: LineTime, logger: Logger) -> UnitMemory {
        memories.withLock { memories in
            let place = Place(bus: bus.key, unit: unit)
            if let memory = memories[place] { return memory }
            var logger = logger
            logger[metadataKey: "unit"] = "\(unit) on \(bus)"
            let dimensions = [("bus", "\(bus)"), ("unit", "\(unit)")]
            let memory = UnitMemory(line: line, dimensions: dimensions, logger: logger)
            memories[place] = memory
            return memory
        }
    }
}
