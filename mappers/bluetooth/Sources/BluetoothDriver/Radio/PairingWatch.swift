// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells whoever waits for a link to become encrypted that pairing has failed: the kernel tells only the agent.
final class PairingWatch: Sendable {
    private struct State {
        var lastID = 0
        var waiting: [Int: (address: BluetoothAddress, told: @Sendable (String) -> Void)] = [:]
    }

    private let state = Mutex(State())

    /// Has a failure told, until the token is given back.
    func watch(_ address: BluetoothAddress, _ told: @escaping @Sendable (String) -> Void) -> Int {
        state.withLock { state in
            state.lastID += 1
            state.waiting[state.lastID] = (address, told)
            return state.lastID
        }
    }

    /// Ends watching.
    func forget(_ token: Int) { state.withLock { $0.waiting[token] = nil } }

    /// Tells that pairing with a peripheral has failed.
    func failed(_ address: BluetoothAddress, _ reason: String) {
        let told = state.withLock { $0.waiting.values.filter { $0.address == address }.map(\.told) }
        for tell in told { tell(reason) }
    }
}
