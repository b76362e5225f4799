// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a simulated peripheral does to its connection.
enum PeripheralEvent: Hashable, Sendable {
    /// Sends a PDU of the Attribute Protocol.
    case send([UInt8])
    /// Ends the connection for a reason (Core Specification, Vol 1 Part F 1.3).
    case disconnect(reason: UInt8)
    /// Asks for other connection parameters.
    case request(ConnectionParameters)
}
