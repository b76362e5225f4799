// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says whom to explore, and how.
package struct ExplorePlan: Hashable, Sendable {
    /// Who it is.
    package var address: BluetoothAddress
    /// Where its address comes from; `nil` to find that out by discovery.
    package var kind: BluetoothAddress.Kind?
    /// The radio's name or address; `nil` for the first that can do Low Energy.
    package var adapter: String?
    /// Whether it may be paired with.
    package var pairs = false
    /// The number that proves the pairing; `nil` to pair without proof.
    package var passkey: UInt32?
    /// Whether values are read.
    package var readsValues = true
    /// How long finding it, and connecting to it, may take, each.
    package var connectLimit = Duration.seconds(10)
    /// How long each of its answers may take.
    package var answerLimit = Duration.seconds(5)

    /// Plans to read everything that can be read without pairing.
    package init(address: BluetoothAddress) { self.address = address }
}
