// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a peripheral as log lines name it and links reach it.
struct Peer: Hashable, Sendable, CustomStringConvertible {
    var address: BluetoothAddress
    var kind: BluetoothAddress.Kind

    /// `BC:6A:29:AE:CC:96 (public)`.
    var description: String { "\(address) (\(kind.rawValue))" }
}
