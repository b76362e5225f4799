// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a simulated peripheral's server does about a PDU.
struct AttributeAnswer: Hashable, Sendable {
    var pdus: [[UInt8]] = []
    /// How long the client waits for the PDUs.
    var delay = Duration.zero
    /// Whether the peripheral ends the connection.
    var disconnects = false
}
