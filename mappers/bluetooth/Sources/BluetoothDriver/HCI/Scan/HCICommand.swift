// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a command to the controller (Core Specification, Vol 4 Part E 5.4.1).
struct HCICommand: Hashable, Sendable {
    var opcode: UInt16
    var parameters: [UInt8]

    /// As it goes through a raw socket, the packet's type in front.
    var packet: [UInt8] {
        [0x01] + HCIFields.bytes(opcode) + [UInt8(truncatingIfNeeded: parameters.count)] + parameters
    }
}
