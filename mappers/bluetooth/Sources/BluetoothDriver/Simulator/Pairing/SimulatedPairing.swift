// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a simulated peripheral's side of a pairing: LE legacy pairing (Core Specification, Vol 3 Part H 2.3 and 3.5).
///
/// A state machine: it takes a PDU of the Security Manager and gives the one that goes back.
struct SimulatedPairing: Sendable {
    private let method: PairingMethod
    private let initiator: VirtualPeer
    private let responder: VirtualPeer
    private let random: [UInt8]
    private var request: [UInt8] = []
    private var response: [UInt8] = []
    private var initiatorConfirmation: [UInt8]?
    /// What the host encrypts with for the first time, once both sides know it.
    private(set) var shortTermKey: [UInt8]?

    init(
        _ method: PairingMethod,
        initiator: VirtualPeer,
        responder: VirtualPeer,
        random: [UInt8] = SimulatedPairing.randomBytes(16)
    ) {
        self.method = method
        self.initiator = initiator
        self.responder = responder
        self.random = random
    }

    /// Whether the host wants a key for later connections.
    var givesKey: Bool { response.last == 1 }

    /// Takes a PDU of the host, and gives the answer; `nil` when there is none.
    mutating func receive(_ pdu: [UInt8]) -> [UInt8]? {
        switch (pdu.first ?? 0, pdu.count) {
        case (0x01, 7): begin(pdu)
        case (0x03, 17): confirm(pdu)
        case (0x04, 17): reveal(pdu)
        // The host has given up, or gives keys of its own.
        case (0x05...0x0A, _): nil
        default: [0x05, PairingFailure.unknownCommand]
        }
    }

    /// Makes bytes that nobody can guess.
    static func randomBytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }

    private mutating func begin(_ pdu: [UInt8]) -> [UInt8] {
        (initiatorConfirmation, shortTermKey, request) = (nil, nil, pdu)
        let (abilities, wishes): (UInt8, UInt8)
        switch method {
        case .none: return [0x05, PairingFailure.notSupported]
        // No input and no output; bonding.
        case .justWorks: (abilities, wishes) = (3, 0x01)
        case .passkey:
            // Only who has a keyboard, 2 and 4, can type what stands on the peripheral.
            guard pdu[1] == 2 || pdu[1] == 4 else { return [0x05, PairingFailure.authenticationRequirements] }
            // A display; bonding, and protection from who stands between.
            (abilities, wishes) = (0, 0x05)
        }
        response = [0x02, abilities, 0, wishes, 16, 0, pdu[6] & 1]
        return response
    }

    private mutating func confirm(_ pdu: [UInt8]) -> [UInt8] {
        guard !response.isEmpty else { return [0x05, PairingFailure.unknownCommand] }
        initiatorConfirmation = Array(pdu.dropFirst())
        return [0x03] + confirmation(of: random)
    }

    private mutating func reveal(_ pdu: [UInt8]) -> [UInt8] {
        let initiatorRandom = Array(pdu.dropFirst())
        guard let initiatorConfirmation, initiatorConfirmation == confirmation(of: initiatorRandom) else {
            return [0x05, PairingFailure.confirmValue]
        }
        shortTermKey = PairingMath.shortTermKey(
            key: temporaryKey,
            responderRandom: random,
            initiatorRandom: initiatorRandom
        )
        return [0x04] + random
    }

    /// What both sides know before: the digits, or nothing.
    private var temporaryKey: [UInt8] {
        let digits: UInt32 = if case .passkey(let digits) = method { digits } else { 0 }
        return (0..<16).map { $0 < 4 ? UInt8(truncatingIfNeeded: digits >> ($0 * 8)) : 0 }
    }

    private func confirmation(of random: [UInt8]) -> [UInt8] {
        PairingMath.confirmation(
            key: temporaryKey,
            random: random,
            request: request,
            response: response,
            initiator: initiator,
            responder: responder
        )
    }
}
