// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Pairing decisions")
struct AdapterPairingTests {
    private let peer = MGMTBytes.peer

    private func decide(_ rule: PairingRule?, _ event: MGMTEvent) -> PairingDecision? {
        var agent = PairingAgent(rules: [:])
        if let rule { agent.rules[peer.address] = rule }
        return agent.decide(event)
    }

    private func refuses(_ decision: PairingDecision?, _ command: MGMTCommand, saying words: String) -> Bool {
        guard case .refuse(command, let sentence) = decision else { return false }
        return sentence.contains(words) && sentence.contains(peer.address.description)
    }

    @Test("Just Works is accepted where it is configured, and nowhere else")
    func justWorks() {
        let event = MGMTEvent.confirmationRequest(peer, isJustWorks: true, number: 0)
        #expect(decide(.justWorks, event) == .accept(.confirm(peer)))
        #expect(refuses(decide(nil, event), .refuseConfirmation(peer), saying: "no configured device"))
        #expect(refuses(decide(.passkey(1), event), .refuseConfirmation(peer), saying: "without the passkey"))
    }

    @Test("numbers to compare are refused: nobody is there to compare them")
    func comparison() {
        let event = MGMTEvent.confirmationRequest(peer, isJustWorks: false, number: 4711)
        #expect(refuses(decide(.justWorks, event), .refuseConfirmation(peer), saying: "compared by a person"))
        #expect(refuses(decide(.passkey(4711), event), .refuseConfirmation(peer), saying: "passkey"))
    }

    @Test("a passkey is entered where it is configured")
    func passkey() {
        let event = MGMTEvent.passkeyRequest(peer)
        #expect(decide(.passkey(0), event) == .accept(.enterPasskey(peer, 0)))
        #expect(refuses(decide(.justWorks, event), .refusePasskey(peer), saying: "none is configured"))
        #expect(refuses(decide(nil, event), .refusePasskey(peer), saying: "no configured device"))
    }

    @Test("what this side can do follows from what is configured")
    func capability() {
        #expect(PairingAgent(rules: [:]).capability == .noInputNoOutput)
        #expect(PairingAgent(rules: [peer.address: .justWorks]).capability == .noInputNoOutput)
        let both = [peer.address: PairingRule.passkey(1), MGMTBytes.other.address: .justWorks]
        #expect(PairingAgent(rules: both).capability == .keyboardOnly)
        #expect(PairingAgent(rules: both, showsPasskeys: true).capability == .displayOnly)
    }

    @Test("keys are kept when they are worth it, and forgotten with the pairing")
    func keys() {
        let key = IdentityKey(peer: peer, value: Array(0..<16))
        let seen = MGMTBytes.other.address
        #expect(decide(nil, .newIdentityKey(key, seenAs: seen, isToBeKept: true)) == .keepIdentityKey(key))
        #expect(decide(nil, .newIdentityKey(key, seenAs: seen, isToBeKept: false)) == nil)
        #expect(decide(nil, .unpaired(peer)) == .forget(peer))
        #expect(decide(nil, .passkeyNotify(peer, passkey: 7, entered: 0)) == .show(peer, passkey: 7))
        #expect(decide(nil, .deviceConnected(peer)) == nil)
        #expect(decide(nil, .discovering(true)) == nil)
    }

    @Test("a key ring does what was decided, and says whether it changed")
    func ring() {
        var ring = KeyRing()
        let key = LongTermKey(
            peer: peer,
            type: 0,
            central: 1,
            encryptionSize: 16,
            diversifier: 1,
            random: 2,
            value: Array(0..<16)
        )
        var newer = key
        newer.random = 3
        var otherRole = key
        otherRole.central = 0
        let steps: [(PairingDecision, Bool)] = [
            (.keepLongTermKey(key), true), (.keepLongTermKey(key), false), (.keepLongTermKey(newer), true),
            (.keepLongTermKey(otherRole), true),
            (.keepIdentityKey(IdentityKey(peer: peer, value: Array(0..<16))), true),
            (.keepIdentityKey(IdentityKey(peer: MGMTBytes.other, value: Array(0..<16))), true),
            (.show(peer, passkey: 1), false),
        ]
        for (decision, changes) in steps {
            let changed = ring.apply(decision)
            #expect(changed == changes, "\(decision)")
        }
        #expect(ring.longTermKeys == [newer, otherRole])
        #expect(ring.identityKeys.count == 2)
        #expect(ring.commands.map(\.code) == [0x0030, 0x0013])
        _ = ring.apply(.forget(peer))
        #expect(ring.longTermKeys.isEmpty)
        #expect(ring.identityKeys.map(\.peer) == [MGMTBytes.other])
    }
}
