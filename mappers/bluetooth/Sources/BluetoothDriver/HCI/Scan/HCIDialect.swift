// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one of the two sets of commands for scanning.
///
/// A controller of Bluetooth 5 refuses the legacy ones once the extended ones have been used on it, by the kernel for
/// one (Core Specification, Vol 4 Part E 3.1.1).
enum HCIDialect: Hashable, Sendable {
    case legacy
    case extended

    /// Only listens: an active scan leaves newer kernels in a state in which no connection is made any more.
    private static let passive: UInt8 = 0

    /// The command that sets how to scan.
    func parameters(_ settings: HCIScanSettings) -> HCICommand {
        let interval = HCIScanSettings.steps(settings.interval)
        let times = HCIFields.bytes(interval) + HCIFields.bytes(min(HCIScanSettings.steps(settings.window), interval))
        // Own address public, no filter. The extended command lists the radio's modes: the one of 1 Mbit/s.
        return switch self {
        case .legacy: HCICommand(opcode: 0x200B, parameters: [Self.passive] + times + [0, 0])
        case .extended: HCICommand(opcode: 0x2041, parameters: [0, 0, 1, Self.passive] + times)
        }
    }

    /// The command that begins or ends scanning.
    func enable(_ isOn: Bool, dropsDuplicates: Bool = false) -> HCICommand {
        let flags: [UInt8] = [isOn ? 1 : 0, dropsDuplicates ? 1 : 0]
        return switch self {
        case .legacy: HCICommand(opcode: 0x200C, parameters: flags)
        // Neither duration nor period: until it is ended.
        case .extended: HCICommand(opcode: 0x2042, parameters: flags + [0, 0, 0, 0])
        }
    }
}
