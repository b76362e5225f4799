// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a command to the kernel on the control channel (BlueZ mgmt-api).
enum MGMTCommand: Hashable, Sendable {
    /// What this side can do while pairing (Core Specification, Vol 3 Part C 5.2.2.4).
    enum Capability: UInt8, Sendable {
        case displayOnly = 0
        case displayYesNo = 1
        case keyboardOnly = 2
        case noInputNoOutput = 3
        case keyboardDisplay = 4
    }

    case readIndexList
    case readControllerInfo
    case setPowered(Bool)
    case setBondable(Bool)
    case setLowEnergy(Bool)
    case setCapability(Capability)
    case loadLongTermKeys([LongTermKey])
    case loadIdentityKeys([IdentityKey])
    case disconnect(MGMTAddress)
    case unpair(MGMTAddress, disconnect: Bool)
    case confirm(MGMTAddress)
    case refuseConfirmation(MGMTAddress)
    case enterPasskey(MGMTAddress, UInt32)
    case refusePasskey(MGMTAddress)
    /// Looks for Low Energy devices, with public and random addresses.
    case startDiscovery
    case stopDiscovery
    case connectionInformation(MGMTAddress)
    case loadConnectionParameters([MGMTConnectionParameters])
    case setDefaults([MGMTDefault])

    /// The kernel's number.
    var code: UInt16 {
        switch self {
        case .readIndexList: 0x0003
        case .readControllerInfo: 0x0004
        case .setPowered: 0x0005
        case .setBondable: 0x0009
        case .setLowEnergy: 0x000D
        case .loadLongTermKeys: 0x0013
        case .disconnect: 0x0014
        case .setCapability: 0x0018
        case .unpair: 0x001B
        case .confirm: 0x001C
        case .refuseConfirmation: 0x001D
        case .enterPasskey: 0x001E
        case .refusePasskey: 0x001F
        case .startDiscovery: 0x0023
        case .stopDiscovery: 0x0024
        case .loadIdentityKeys: 0x0030
        case .connectionInformation: 0x0031
        case .loadConnectionParameters: 0x0035
        case .setDefaults: 0x004C
        }
    }

    /// The parameters as they are sent.
    var parameters: [UInt8] {
        switch self {
        case .readIndexList, .readControllerInfo: []
        case .setPowered(let isOn), .setBondable(let isOn), .setLowEnergy(let isOn): [isOn ? 1 : 0]
        case .setCapability(let capability): [capability.rawValue]
        case .loadLongTermKeys(let keys): Self.list(keys.map(\.record))
        case .loadIdentityKeys(let keys): Self.list(keys.map(\.record))
        case .unpair(let peer, let disconnect): peer.bytes + [disconnect ? 1 : 0]
        case .enterPasskey(let peer, let passkey): peer.bytes + HCIFields.bytes(passkey)
        case .disconnect(let peer), .confirm(let peer), .refuseConfirmation(let peer), .refusePasskey(let peer),
            .connectionInformation(let peer):
            peer.bytes
        case .startDiscovery, .stopDiscovery: [Self.lowEnergyAddresses]
        case .loadConnectionParameters(let parameters): Self.list(parameters.map(\.record))
        case .setDefaults(let defaults): defaults.flatMap(\.bytes)
        }
    }

    /// Bit 1 for public, bit 2 for random addresses.
    private static let lowEnergyAddresses: UInt8 = 0b110

    private static func list(_ records: [[UInt8]]) -> [UInt8] {
        HCIFields.bytes(UInt16(truncatingIfNeeded: records.count)) + records.joined()
    }

    /// The packet to send.
    func packet(for index: UInt16) -> MGMTPacket {
        MGMTPacket(code: code, index: index, parameters: parameters)
    }
}

extension MGMTCommand: CustomStringConvertible {
    /// What it does, to follow "cannot".
    var description: String {
        switch self {
        case .readIndexList: "list the adapters"
        case .readControllerInfo: "read the adapter's state"
        case .setPowered(let isOn): "switch the adapter \(isOn ? "on" : "off")"
        case .setBondable: "allow bonding"
        case .setLowEnergy: "enable Low Energy"
        case .setCapability: "register for pairing"
        case .loadLongTermKeys: "load long-term keys"
        case .loadIdentityKeys: "load identity keys"
        case .disconnect(let peer): "disconnect \(peer.address)"
        case .unpair(let peer, _): "unpair \(peer.address)"
        case .confirm(let peer): "confirm the pairing with \(peer.address)"
        case .refuseConfirmation(let peer), .refusePasskey(let peer): "refuse the pairing with \(peer.address)"
        case .enterPasskey(let peer, _): "enter the passkey of \(peer.address)"
        case .startDiscovery: "start looking for devices"
        case .stopDiscovery: "stop looking for devices"
        case .connectionInformation(let peer): "read the signal strength of \(peer.address)"
        case .loadConnectionParameters: "load connection parameters"
        case .setDefaults: "set the adapter's defaults"
        }
    }
}
