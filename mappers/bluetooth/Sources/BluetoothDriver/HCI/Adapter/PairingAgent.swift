// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Decides about pairing where no person is: by what is configured for the device.
///
/// The kernel asks even for Just Works, and a connection waits 30 s for nothing when nobody answers.
struct PairingAgent: Hashable, Sendable {
    /// What holds for which device; others are refused.
    var rules: [BluetoothAddress: PairingRule]
    /// Whether somebody can read a number from the log and enter it on a device; the kernel makes the number.
    var showsPasskeys = false

    /// What to tell devices this side can do.
    ///
    /// It holds for the whole adapter. A keyboard does not keep devices without display from Just Works.
    var capability: MGMTCommand.Capability {
        if showsPasskeys { return .displayOnly }
        let hasPasskey = rules.values.contains { if case .passkey = $0 { true } else { false } }
        return hasPasskey ? .keyboardOnly : .noInputNoOutput
    }

    /// Decides about an event; `nil` for one that does not concern pairing.
    func decide(_ event: MGMTEvent) -> PairingDecision? {
        switch event {
        case .confirmationRequest(let peer, let isJustWorks, _): confirmation(of: peer, isJustWorks)
        case .passkeyRequest(let peer): passkey(of: peer)
        case .passkeyNotify(let peer, let passkey, _): .show(peer, passkey: passkey)
        case .newLongTermKey(let key, let isToBeKept): isToBeKept ? .keepLongTermKey(key) : nil
        case .newIdentityKey(let key, _, let isToBeKept): isToBeKept ? .keepIdentityKey(key) : nil
        case .unpaired(let peer): .forget(peer)
        case .authenticationFailed(let peer, let status): .failed(peer, status)
        case .indexAdded, .indexRemoved, .newSettings, .deviceConnected, .deviceDisconnected, .connectFailed,
            .deviceFound, .discovering, .other:
            nil
        }
    }

    private func confirmation(of peer: MGMTAddress, _ isJustWorks: Bool) -> PairingDecision {
        switch rules[peer.address] {
        case nil: .refuse(.refuseConfirmation(peer), Self.unknown(peer))
        case .justWorks where isJustWorks: .accept(.confirm(peer))
        case .justWorks:
            .refuse(
                .refuseConfirmation(peer),
                "\(peer.address) wants a number compared by a person, and nobody is here"
            )
        case .passkey:
            // Somebody in between could claim to have no display, to get round the passkey.
            .refuse(
                .refuseConfirmation(peer),
                "\(peer.address) wants to pair without the passkey that is configured for it; remove the passkey if "
                    + "the device has none"
            )
        }
    }

    private func passkey(of peer: MGMTAddress) -> PairingDecision {
        switch rules[peer.address] {
        case .passkey(let passkey): .accept(.enterPasskey(peer, passkey))
        case .justWorks: .refuse(.refusePasskey(peer), "\(peer.address) wants a passkey, and none is configured for it")
        case nil: .refuse(.refusePasskey(peer), Self.unknown(peer))
        }
    }

    private static func unknown(_ peer: MGMTAddress) -> String {
        "\(peer.address) wants to pair, and is no configured device, or not one that may be paired with"
    }
}
