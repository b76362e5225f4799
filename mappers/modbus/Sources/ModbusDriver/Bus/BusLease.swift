// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Keeps a bus alive for one user, until it is given back or forgotten.
final class BusLease: Sendable {
    let bus: Bus
    private let registry: BusRegistry
    private let isHeld = Mutex(true)

    init(bus: Bus, registry: BusRegistry) {
        self.bus = bus
        self.registry = registry
    }

    deinit {
        end()
    }

    /// Gives the bus back; once is enough.
    func end() {
        let wasHeld = isHeld.withLock { held in
            defer { held = false }
            return held
        }
        if wasHeld { registry.release(bus) }
    }
}
