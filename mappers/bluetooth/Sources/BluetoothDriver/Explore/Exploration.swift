// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a peripheral holds, as it told when it was explored.
package struct Exploration: Hashable, Sendable {
    /// Who it is.
    package var address: BluetoothAddress
    /// Where its address comes from.
    package var kind: BluetoothAddress.Kind
    /// The radio it was reached from.
    package var adapter: String
    /// The number that proved the pairing.
    var passkey: UInt32?
    /// What it has, in the order of handles.
    package var services: [ExploredService] = []
    /// What was said about pairing, a sentence each.
    package var remarks: [String] = []

    /// How many characteristics would be read if the link were encrypted.
    package var protectedCount: Int {
        services.flatMap(\.characteristics).count { characteristic in
            if case .protected = characteristic.reading { true } else { false }
        }
    }
}
