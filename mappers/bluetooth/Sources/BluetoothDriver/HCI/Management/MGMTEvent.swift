// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is something the kernel tells on the control channel without being asked (BlueZ mgmt-api, "Events").
enum MGMTEvent: Hashable, Sendable {
    case indexAdded
    case indexRemoved
    case newSettings(MGMTSettings)
    /// A pairing made a key; it is worth keeping when the kernel says so.
    case newLongTermKey(LongTermKey, isToBeKept: Bool)
    /// As above; the second address is the private one by which the device is known at the moment.
    case newIdentityKey(IdentityKey, seenAs: BluetoothAddress, isToBeKept: Bool)
    case deviceConnected(MGMTAddress)
    case deviceDisconnected(MGMTAddress, reason: UInt8)
    case connectFailed(MGMTAddress, MGMTStatus)
    case authenticationFailed(MGMTAddress, MGMTStatus)
    /// Asks whether to pair; without a number to compare when `isJustWorks`.
    case confirmationRequest(MGMTAddress, isJustWorks: Bool, number: UInt32)
    /// Asks for the number that the device shows, or that is printed on it.
    case passkeyRequest(MGMTAddress)
    /// Gives the number that has to be entered on the device.
    case passkeyNotify(MGMTAddress, passkey: UInt32, entered: UInt8)
    case deviceFound(MGMTDeviceReport)
    case discovering(Bool)
    case unpaired(MGMTAddress)
    /// Any other, not looked into.
    case other(code: UInt16)

    /// Reads an event; `nil` when it is shorter than its kind.
    init?(_ packet: MGMTPacket) {
        var reader = HCIFieldReader(packet.parameters)
        guard let event = Self.aboutAdapter(packet.code, &reader) ?? Self.aboutPeer(packet.code, &reader) else {
            return nil
        }
        self = event
    }

    private static func aboutAdapter(_ code: UInt16, _ reader: inout HCIFieldReader) -> MGMTEvent? {
        switch code {
        case 0x0004: .indexAdded
        case 0x0005: .indexRemoved
        case 0x0006: reader.number(UInt32.self).map { .newSettings(MGMTSettings(rawValue: $0)) }
        case 0x000A: longTermKey(&reader)
        case 0x0012: MGMTDeviceReport(&reader).map { .deviceFound($0) }
        case 0x0013: reader.bytes(2).map { .discovering($0[1] != 0) }
        case 0x0018: identityKey(&reader)
        case 0x000B...0x000D, 0x000F...0x0011, 0x0016, 0x0017: nil
        default: .other(code: code)
        }
    }

    private static func aboutPeer(_ code: UInt16, _ reader: inout HCIFieldReader) -> MGMTEvent? {
        guard [0x000B, 0x000C, 0x000D, 0x000F, 0x0010, 0x0011, 0x0016, 0x0017].contains(code),
            let peer = reader.address()
        else { return nil }
        return switch code {
        case 0x000B: .deviceConnected(peer)
        case 0x000C: reader.number(UInt8.self).map { .deviceDisconnected(peer, reason: $0) }
        case 0x000D: reader.number(UInt8.self).map { .connectFailed(peer, MGMTStatus(rawValue: $0)) }
        case 0x0011: reader.number(UInt8.self).map { .authenticationFailed(peer, MGMTStatus(rawValue: $0)) }
        case 0x000F: confirmation(peer, &reader)
        case 0x0010: .passkeyRequest(peer)
        case 0x0017: notification(peer, &reader)
        default: .unpaired(peer)
        }
    }

    private static func longTermKey(_ reader: inout HCIFieldReader) -> MGMTEvent? {
        guard let hint = reader.number(UInt8.self), let key = LongTermKey(&reader) else { return nil }
        return .newLongTermKey(key, isToBeKept: hint != 0)
    }

    private static func identityKey(_ reader: inout HCIFieldReader) -> MGMTEvent? {
        guard let hint = reader.number(UInt8.self),
            let seen = reader.bytes(6).flatMap(BluetoothAddress.init(littleEndian:)), let key = IdentityKey(&reader)
        else { return nil }
        return .newIdentityKey(key, seenAs: seen, isToBeKept: hint != 0)
    }

    private static func confirmation(_ peer: MGMTAddress, _ reader: inout HCIFieldReader) -> MGMTEvent? {
        guard let hint = reader.number(UInt8.self), let number = reader.number(UInt32.self) else { return nil }
        return .confirmationRequest(peer, isJustWorks: hint != 0, number: number)
    }

    private static func notification(_ peer: MGMTAddress, _ reader: inout HCIFieldReader) -> MGMTEvent? {
        guard let passkey = reader.number(UInt32.self), let entered = reader.number(UInt8.self) else { return nil }
        return .passkeyNotify(peer, passkey: passkey, entered: entered)
    }
}
