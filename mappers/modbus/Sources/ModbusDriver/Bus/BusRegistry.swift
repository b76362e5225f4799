// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Lets all devices of one line or gateway share one bus, which ends with its last user.
final class BusRegistry: Sendable {
    private struct Entry {
        let bus: Bus
        var users: Int
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// The last bus of each line that ended: its thread may still hold the line, and it knows when to try again.
        var former: [String: Bus] = [:]
    }

    private let state = Mutex(State())
    private let environment: BusEnvironment

    init(_ environment: BusEnvironment) {
        self.environment = environment
    }

    /// Gives the bus of an address; to be let go of with the lease.
    /// - Throws: ``DeviceError`` when the line is in use with other settings.
    func lease(_ address: BusAddress) throws -> BusLease {
        try state.withLock { state in
            if let entry = state.entries[address.key] {
                guard entry.bus.address.isCompatible(with: address) else {
                    throw Self.conflict(entry.bus.address, address)
                }
                state.entries[address.key]?.users += 1
                return BusLease(bus: entry.bus, registry: self)
            }
            let bus = try Bus.start(address, after: state.former.removeValue(forKey: address.key), in: environment)
            state.entries[address.key] = Entry(bus: bus, users: 1)
            return BusLease(bus: bus, registry: self)
        }
    }

    /// Takes one user off a bus.
    func release(_ bus: Bus) {
        let key = bus.address.key
        let isLast = state.withLock { state in
            state.entries[key]?.users -= 1
            guard state.entries[key]?.users == 0 else { return false }
            state.entries[key] = nil
            state.former[key] = bus
            return true
        }
        if isLast { bus.stop() }
    }

    private static func conflict(_ present: BusAddress, _ wanted: BusAddress) -> DeviceError {
        guard let a = present.settings, let b = wanted.settings, a.description != b.description else {
            return DeviceError(.unsupported, "\(wanted) is in use with other settings by another device")
        }
        return DeviceError(
            .unsupported,
            "\(wanted) is in use with \(a) by another device, this one asks for \(b)"
        )
    }
}
