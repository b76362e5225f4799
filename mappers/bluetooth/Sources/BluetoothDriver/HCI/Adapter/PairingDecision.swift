// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what is to be done about an event while pairing.
enum PairingDecision: Hashable, Sendable {
    /// Pairing goes on; the command is to be sent.
    case accept(MGMTCommand)
    /// Pairing is refused; the command is to be sent, and the sentence logged.
    case refuse(MGMTCommand, String)
    /// The number has to be entered on the device.
    case show(MGMTAddress, passkey: UInt32)
    case keepLongTermKey(LongTermKey)
    case keepIdentityKey(IdentityKey)
    /// The kernel has forgotten the device; its keys are of no use any more.
    case forget(MGMTAddress)
    /// Pairing did not come about.
    case failed(MGMTAddress, MGMTStatus)

    /// What is to be sent.
    var command: MGMTCommand? {
        switch self {
        case .accept(let command), .refuse(let command, _): command
        case .show, .keepLongTermKey, .keepIdentityKey, .forget, .failed: nil
        }
    }

    /// Whom pairing is refused.
    var refused: MGMTAddress? {
        switch self {
        case .refuse(.refuseConfirmation(let peer), _), .refuse(.refusePasskey(let peer), _): peer
        default: nil
        }
    }
}

extension PairingDecision: CustomStringConvertible {
    /// What is done, as a sentence without its subject; no key is in it, and a number only where a person is to enter it.
    var description: String {
        switch self {
        case .accept(let command): "pairing goes on: \(command)"
        case .refuse(_, let reason): "pairing refused: \(reason)"
        case .show(let peer, let passkey): "enter \(Self.digits(passkey)) on \(peer.address)"
        case .keepLongTermKey(let key): "keep the \(key)"
        case .keepIdentityKey(let key): "keep the \(key)"
        case .forget(let peer): "forget the keys of \(peer.address)"
        case .failed(let peer, let status): "pairing with \(peer.address) failed: \(status)"
        }
    }

    /// Six digits, as devices show and take them.
    private static func digits(_ passkey: UInt32) -> String {
        let text = String(passkey)
        return String(repeating: "0", count: max(6 - text.count, 0)) + text
    }
}
