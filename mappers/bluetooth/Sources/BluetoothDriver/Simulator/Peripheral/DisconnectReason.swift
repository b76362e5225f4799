// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the reasons why connections end (Core Specification, Vol 1 Part F 1.3).
enum DisconnectReason {
    /// Nothing was heard for too long.
    static let timeout: UInt8 = 0x08
    static let endedByPeer: UInt8 = 0x13
    static let endedByHost: UInt8 = 0x16
    /// The other side never answered.
    static let notEstablished: UInt8 = 0x3E
}
