// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import BluetoothDriver

/// Puts packets together as a raw socket delivers them.
enum HCIBytes {
    static func complete(_ opcode: UInt16, status: UInt8 = 0) -> [UInt8] {
        [0x04, 0x0E, 4, 1] + HCIFields.bytes(opcode) + [status]
    }

    static func status(_ opcode: UInt16, _ status: UInt8) -> [UInt8] {
        [0x04, 0x0F, 4, status, 1] + HCIFields.bytes(opcode)
    }

    static func meta(_ parameters: [UInt8]) -> [UInt8] {
        [0x04, 0x3E, UInt8(parameters.count)] + parameters
    }

    /// One legacy report without data.
    static let report: [UInt8] = [0x02, 1, 0, 1, 5, 0xF4, 0xF3, 0xF2, 0xF1, 0xF0, 0, 0xD0]

    static let legacyOff: [UInt8] = [0x01, 0x0C, 0x20, 2, 0, 0]
    static let legacyOn: [UInt8] = [0x01, 0x0C, 0x20, 2, 1, 0]
    static let legacyParameters: [UInt8] = [0x01, 0x0B, 0x20, 7, 0, 0x60, 0, 0x60, 0, 0, 0]
    static let extendedOff: [UInt8] = [0x01, 0x42, 0x20, 6, 0, 0, 0, 0, 0, 0]
    static let extendedOn: [UInt8] = [0x01, 0x42, 0x20, 6, 1, 0, 0, 0, 0, 0]
    static let extendedParameters: [UInt8] = [0x01, 0x41, 0x20, 8, 0, 0, 1, 0, 0x60, 0, 0x60, 0]
}
