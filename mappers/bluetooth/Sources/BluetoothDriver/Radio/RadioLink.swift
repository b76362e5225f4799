// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a link to a peripheral as a radio hands it over.
struct RadioLink: Sendable {
    let peer: Peer
    /// The connected socket, for whoever asked.
    let descriptor: CInt
    /// Whether nobody can listen to it or be in between, so that it needs no encryption: it does not leave this machine.
    var isPrivate = false
    /// How strong the link is, in dBm; `nil` when nobody knows.
    let signal: @Sendable () async throws -> Int?
    /// What becomes of pairing.
    let pairing: PairingWatch
    /// To be called when the link has ended.
    let end: @Sendable () -> Void
}
