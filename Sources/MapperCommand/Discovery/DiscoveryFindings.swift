// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Collects what a driver finds, from whichever threads.
final class DiscoveryFindings: Sendable {
    /// How a device is reached, which is what tells it from others.
    private struct Place: Hashable {
        var protocolName: String?
        var config: ConfigNode
    }

    private struct State {
        var order: [Place] = []
        var devices: [Place: DiscoveredDevice] = [:]
    }

    /// So many are kept; a profile with more is nothing for people to go on from.
    static let limit = 10_000

    private let state = Mutex(State())

    /// Takes a device; the last word about it counts.
    func add(_ device: DiscoveredDevice) {
        let place = Place(protocolName: device.protocolName, config: device.protocolConfig)
        state.withLock { state in
            if state.devices[place] == nil {
                guard state.order.count < Self.limit else { return }
                state.order.append(place)
            }
            state.devices[place] = device
        }
    }

    /// The devices in the order they were found, each with a name of its own.
    var devices: [DiscoveredDevice] {
        let devices = state.withLock { state in state.order.compactMap { state.devices[$0] } }
        var taken: Set<String> = []
        return devices.map { device in
            var renamed = device
            var number = 2
            while !taken.insert(renamed.name).inserted {
                // Short enough that the number is not cut off.
                renamed.name = "\(device.name.prefix(56))-\(number)"
                number += 1
            }
            return renamed
        }
    }
}
