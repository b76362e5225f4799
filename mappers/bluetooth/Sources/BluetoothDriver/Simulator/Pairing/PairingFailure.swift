// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names why a pairing fails (Core Specification, Vol 3 Part H 3.5.5).
enum PairingFailure {
    static let authenticationRequirements: UInt8 = 0x03
    static let confirmValue: UInt8 = 0x04
    static let notSupported: UInt8 = 0x05
    static let unknownCommand: UInt8 = 0x07
}
