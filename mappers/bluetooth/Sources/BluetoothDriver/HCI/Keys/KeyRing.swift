// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Holds the keys of all bonded devices of one adapter.
struct KeyRing: Hashable, Sendable {
    var longTermKeys: [LongTermKey] = []
    var identityKeys: [IdentityKey] = []

    /// The commands that give the kernel the keys; it forgets those it had.
    ///
    /// Identities come first, so that a device is recognised behind a private address.
    var commands: [MGMTCommand] { [.loadIdentityKeys(identityKeys), .loadLongTermKeys(longTermKeys)] }

    /// Adds a key, in the place of an earlier one for the same purpose.
    mutating func add(_ key: LongTermKey) {
        longTermKeys.removeAll { $0.isReplaced(by: key) }
        longTermKeys.append(key)
    }

    /// Adds a key, in the place of the device's earlier one.
    mutating func add(_ key: IdentityKey) {
        identityKeys.removeAll { $0.peer == key.peer }
        identityKeys.append(key)
    }

    /// Takes out all keys of a device.
    mutating func remove(_ peer: MGMTAddress) {
        longTermKeys.removeAll { $0.peer == peer }
        identityKeys.removeAll { $0.peer == peer }
    }

    /// Does what a decision about pairing means for the keys.
    /// - Returns: whether anything changed, and is to be saved.
    mutating func apply(_ decision: PairingDecision) -> Bool {
        let before = self
        switch decision {
        case .keepLongTermKey(let key): add(key)
        case .keepIdentityKey(let key): add(key)
        case .forget(let peer): remove(peer)
        case .accept, .refuse, .show, .failed: break
        }
        return self != before
    }
}
