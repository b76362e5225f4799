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
}
