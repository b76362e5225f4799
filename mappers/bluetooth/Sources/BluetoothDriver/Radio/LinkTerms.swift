// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what a link to a peripheral is to be like.
struct LinkTerms: Hashable, Sendable {
    /// How long looking for the peripheral may take, and then connecting.
    var limit: Duration
    /// How it may be paired with; `nil` for not at all.
    var pairing: PairingRule?
}

extension LinkTerms {
    /// Takes what a profile says of a device.
    init(_ connection: BluetoothConnection) {
        limit = .milliseconds(connection.connectTimeout)
        if let passkey = connection.passkey.flatMap({ UInt32(exactly: $0) }) {
            pairing = .passkey(passkey)
        } else {
            pairing = connection.security == SecurityDemand.none ? nil : .justWorks
        }
    }
}
