// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how often a connection's ends meet, and how long they may miss each other.
///
/// The kernel's own are 30 to 50 ms and 420 ms, which is short for a noisy site.
struct MGMTConnectionParameters: Hashable, Sendable {
    var peer: MGMTAddress
    /// In steps of 1.25 ms.
    var minimumInterval: UInt16
    /// In steps of 1.25 ms.
    var maximumInterval: UInt16
    /// How many meetings the device may leave out.
    var latency: UInt16
    /// After how long without a meeting the connection is lost, in steps of 10 ms.
    var supervisionTimeout: UInt16

    /// As Load Connection Parameters (0x0035) wants it.
    var record: [UInt8] {
        peer.bytes + HCIFields.bytes(minimumInterval) + HCIFields.bytes(maximumInterval) + HCIFields.bytes(latency)
            + HCIFields.bytes(supervisionTimeout)
    }
}
