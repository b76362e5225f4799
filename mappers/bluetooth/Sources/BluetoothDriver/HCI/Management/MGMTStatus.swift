// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what the kernel says about a command of the control channel (BlueZ mgmt-api, "Status codes").
struct MGMTStatus: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    static let success = MGMTStatus(rawValue: 0x00)
    static let unknownCommand = MGMTStatus(rawValue: 0x01)
    static let notConnected = MGMTStatus(rawValue: 0x02)
    static let notPaired = MGMTStatus(rawValue: 0x06)
    static let busy = MGMTStatus(rawValue: 0x0A)
    static let rejected = MGMTStatus(rawValue: 0x0B)
    static let notSupported = MGMTStatus(rawValue: 0x0C)
    static let notPowered = MGMTStatus(rawValue: 0x0F)
    static let invalidIndex = MGMTStatus(rawValue: 0x11)
    static let blockedByRFKill = MGMTStatus(rawValue: 0x12)
    static let permissionDenied = MGMTStatus(rawValue: 0x14)

    /// What happened, and what to do about it.
    private var text: (what: String, cure: String?) {
        switch rawValue {
        case 0x00: ("success", nil)
        case 0x01: ("the kernel does not know this command", "a newer kernel is needed")
        case 0x02: ("the device is not connected", nil)
        case 0x03: ("failed", "the kernel's log (dmesg) may say why; switching the adapter off and on may help")
        case 0x04: ("the connection could not be made", "the device may be out of reach or switched off")
        case 0x05: ("authentication failed", "the passkey may be wrong, or the device wants to be paired anew")
        case 0x06: ("the device is not paired", nil)
        case 0x07: ("no resources are left", "the adapter may hold too many connections or keys")
        case 0x08: ("the adapter or the device did not answer in time", "switching the adapter off and on may help")
        case 0x09: ("the device is connected already", nil)
        case 0x0A: ("busy with the same for somebody else", "bluetoothd or a second mapper may use the adapter")
        case 0x0B: ("rejected", "the adapter cannot do it in its present state")
        case 0x0C: ("not supported by the adapter or the kernel", nil)
        case 0x0D: ("the kernel finds the parameters invalid", nil)
        case 0x0E: ("the device disconnected meanwhile", nil)
        case 0x0F: ("the adapter is off", "it has to be powered on first")
        case 0x10: ("cancelled", nil)
        case 0x11:
            (
                "there is no such adapter",
                "it may have been unplugged; `hciconfig` or `btmgmt info` list those there are"
            )
        case 0x12: ("the adapter is blocked by rfkill", "`rfkill unblock bluetooth` on the host")
        case 0x13: ("the device is paired already", nil)
        case 0x14: ("permission denied", "needs CAP_NET_ADMIN")
        default: ("status 0x" + String(rawValue, radix: 16), nil)
        }
    }

    /// What to do about it, where something can be done.
    var cure: String? { text.cure }

    /// Whether asking again later may bring another answer without anybody changing anything.
    var isTransient: Bool {
        [0x03, 0x04, 0x07, 0x08, 0x0A, 0x0E].contains(rawValue)
    }
}

extension MGMTStatus: CustomStringConvertible {
    var description: String { text.cure.map { "\(text.what) (\($0))" } ?? text.what }
}
