// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Simulator: pairing")
struct SimulatorPairingTests {
    @Test("confirmation and key agree with the Core Specification, Vol 3 Part H 2.2.3 and 2.2.4")
    func vectors() throws {
        let initiator = try #require(BluetoothAddress("A1:A2:A3:A4:A5:A6"))
        let responder = try #require(BluetoothAddress("B1:B2:B3:B4:B5:B6"))
        let confirmation = PairingMath.confirmation(
            key: Self.bytes(0),
            random: Self.bytes(0x5783_D521_56AD_6F0E_6388_274E_C670_2EE0),
            request: [0x01, 0x01, 0x00, 0x00, 0x10, 0x07, 0x07],
            response: [0x02, 0x03, 0x00, 0x00, 0x08, 0x00, 0x05],
            initiator: VirtualPeer(initiator, .random),
            responder: VirtualPeer(responder, .public)
        )
        #expect(confirmation == Self.bytes(0x1E1E_3FEF_8789_88EA_D2A7_4DC5_BEF1_3B86))
        let key = PairingMath.shortTermKey(
            key: Self.bytes(0),
            responderRandom: Self.bytes(0x000F_0E0D_0C0B_0A09_1122_3344_5566_7788),
            initiatorRandom: Self.bytes(0x0102_0304_0506_0708_99AA_BBCC_DDEE_FF00)
        )
        #expect(key == Self.bytes(0x9A1F_E1F0_E8B0_F49B_5B42_16AE_796D_A062))
    }

    @Test("who knows the digits shares a key, who does not fails", arguments: [(UInt32(123_456), true), (1, false)])
    func passkey(typed: UInt32, isRight: Bool) throws {
        let peers = try Self.peers()
        var pairing = SimulatedPairing(.passkey(123_456), initiator: peers.0, responder: peers.1)
        let request: [UInt8] = [0x01, 4, 0, 0x05, 16, 0, 1]
        let response = pairing.receive(request) ?? []
        #expect(response == [0x02, 0, 0, 0x05, 16, 0, 1])
        let random = SimulatedPairing.randomBytes(16)
        let confirmation = PairingMath.confirmation(
            key: Self.bytes(UInt128(typed)),
            random: random,
            request: request,
            response: response,
            initiator: peers.0,
            responder: peers.1
        )
        #expect(pairing.receive([0x03] + confirmation)?.count == 17)
        let answer = pairing.receive([0x04] + random) ?? []
        guard isRight else {
            #expect(answer == [0x05, 0x04])
            return #expect(pairing.shortTermKey == nil)
        }
        let key = PairingMath.shortTermKey(
            key: Self.bytes(UInt128(typed)),
            responderRandom: Array(answer.dropFirst()),
            initiatorRandom: random
        )
        #expect(pairing.shortTermKey == key)
        #expect(pairing.givesKey)
    }

    @Test("refuses who cannot pair as it wants")
    func refused() throws {
        let peers = try Self.peers()
        var closed = SimulatedPairing(.none, initiator: peers.0, responder: peers.1)
        #expect(closed.receive([0x01, 3, 0, 1, 16, 0, 1]) == [0x05, 0x05])
        var display = SimulatedPairing(.passkey(1), initiator: peers.0, responder: peers.1)
        #expect(display.receive([0x01, 3, 0, 1, 16, 0, 1]) == [0x05, 0x03])
        var open = SimulatedPairing(.justWorks, initiator: peers.0, responder: peers.1)
        #expect(open.receive([0x03] + Self.bytes(0)) == [0x05, 0x07])
        #expect(open.receive([0x04] + Self.bytes(0)) == [0x05, 0x04])
        #expect(open.receive([0x05, 0x08]) == nil)
        #expect(open.receive([0x01]) == [0x05, 0x07])
        #expect(open.receive([]) == [0x05, 0x07])
    }

    private static func peers() throws -> (VirtualPeer, VirtualPeer) {
        (VirtualPeer(try SimulatorMake.address(9), .public), VirtualPeer(try SimulatorMake.address(), .random))
    }

    /// The bytes of a number as they go over the air.
    private static func bytes(_ number: UInt128) -> [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
