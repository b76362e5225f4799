// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Holds what is allowed while pairing, for those who decide and those who configure.
final class PairingRules: Sendable {
    private let rules: Mutex<[BluetoothAddress: PairingRule]> = Mutex([:])

    /// Who decides by these rules.
    var agent: PairingAgent { PairingAgent(rules: rules.withLock(\.self)) }

    /// Whether a peripheral may be paired with.
    func allow(_ address: BluetoothAddress) -> Bool { rules.withLock { $0[address] != nil } }

    /// Sets what holds for a peripheral; `nil` for that it is not to be paired with.
    /// - Returns: whether what the agent can do has changed by it.
    func set(_ rule: PairingRule?, for address: BluetoothAddress) -> Bool {
        rules.withLock { rules in
            let before = PairingAgent(rules: rules).capability
            rules[address] = rule
            return PairingAgent(rules: rules).capability != before
        }
    }
}
