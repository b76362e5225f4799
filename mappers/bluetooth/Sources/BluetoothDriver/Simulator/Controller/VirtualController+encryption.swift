// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension VirtualController {
    /// Takes a PDU about pairing.
    mutating func receivePairing(_ pdu: [UInt8], on link: VirtualLink) {
        if let answer = links[link.handle]?.pairing.receive(pdu) { send(answer, on: 6, of: link) }
    }

    /// Encrypts a connection, if the peripheral knows the host's key.
    mutating func encrypt(_ link: VirtualLink, with key: [UInt8]) {
        let isFirst = key == link.pairing.shortTermKey
        guard key.count == 16, isFirst || key == peripherals[link.peripheral].longTermKey else {
            return tell(0x08, [ControllerError.keyMissing] + link.handle.littleEndianBytes + [0])
        }
        peripherals[link.peripheral].encrypt()
        tell(0x08, [0] + link.handle.littleEndianBytes + [1])
        guard isFirst, link.pairing.givesKey else { return }
        let longTermKey = SimulatedPairing.randomBytes(16)
        peripherals[link.peripheral].longTermKey = longTermKey
        // The key, and the two numbers that the host names it by.
        send([0x06] + longTermKey, on: 6, of: link)
        send([0x07] + SimulatedPairing.randomBytes(10), on: 6, of: link)
    }
}
