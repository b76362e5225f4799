// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import BluetoothDriver

/// Puts packets together as the kernel does.
enum MGMTBytes {
    static let peer = address(peerBytes)
    static let other = address(otherBytes)
    static let peerBytes: [UInt8] = [0x05, 0xF4, 0xF3, 0xF2, 0xF1, 0xF0, 2]
    static let otherBytes: [UInt8] = [0x03, 0x02, 0x01, 0xDC, 0x1B, 0x00, 1]

    private static func address(_ bytes: [UInt8]) -> MGMTAddress {
        var reader = HCIFieldReader(bytes)
        guard let address = reader.address() else { preconditionFailure("no address") }
        return address
    }

    static func event(_ code: UInt16, index: UInt16 = 0, _ parameters: [UInt8] = []) -> [UInt8] {
        MGMTPacket(code: code, index: index, parameters: parameters).bytes
    }

    /// Command Complete on success, Command Status else.
    static func answer(
        to command: UInt16,
        index: UInt16 = 0,
        status: UInt8 = 0,
        _ parameters: [UInt8] = []
    ) -> [UInt8] {
        event(status == 0 ? 1 : 2, index: index, HCIFields.bytes(command) + [status] + parameters)
    }

    static func found(_ peer: [UInt8], strength: Int8 = -60, flags: UInt8 = 0, _ data: [UInt8]) -> [UInt8] {
        let fields = [UInt8(bitPattern: strength), flags, 0, 0, 0]
        return event(0x0012, peer + fields + HCIFields.bytes(UInt16(data.count)) + data)
    }

    static func discovering(_ isOn: Bool) -> [UInt8] { event(0x0013, [6, isOn ? 1 : 0]) }

    /// What Read Controller Information answers.
    static func controller(
        supported: MGMTSettings = [.powered, .bondable, .lowEnergy, .classic],
        current: MGMTSettings
    ) -> [UInt8] {
        [0x01, 0x00, 0xCC, 0xBB, 0xAA, 0x00, 8, 0xF1, 0x05] + HCIFields.bytes(supported.rawValue)
            + HCIFields.bytes(current.rawValue) + [0, 0, 0] + Array("gateway".utf8)
            + [UInt8](repeating: 0, count: 249 - 7 + 11)
    }
}
