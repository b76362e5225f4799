// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("MGMT packets")
struct MGMTCodecTests {
    private static let peer = MGMTBytes.peer
    private static let key = LongTermKey(
        peer: peer,
        type: 1,
        central: 1,
        encryptionSize: 16,
        diversifier: 0x1234,
        random: 0x0102_0304_0506_0708,
        value: Array(0..<16)
    )
    private static let keyBytes =
        MGMTBytes.peerBytes + [1, 1, 16, 0x34, 0x12, 8, 7, 6, 5, 4, 3, 2, 1] + Array(0..<16)

    static let commands: [(MGMTCommand, UInt16, [UInt8])] = [
        (.readIndexList, 0x0003, []),
        (.readControllerInfo, 0x0004, []),
        (.setPowered(true), 0x0005, [1]),
        (.setPowered(false), 0x0005, [0]),
        (.setBondable(true), 0x0009, [1]),
        (.setLowEnergy(true), 0x000D, [1]),
        (.loadLongTermKeys([]), 0x0013, [0, 0]),
        (.loadLongTermKeys([key]), 0x0013, [1, 0] + keyBytes),
        (.disconnect(peer), 0x0014, MGMTBytes.peerBytes),
        (.setCapability(.noInputNoOutput), 0x0018, [3]),
        (.setCapability(.keyboardOnly), 0x0018, [2]),
        (.setCapability(.displayOnly), 0x0018, [0]),
        (.unpair(peer, disconnect: true), 0x001B, MGMTBytes.peerBytes + [1]),
        (.confirm(peer), 0x001C, MGMTBytes.peerBytes),
        (.refuseConfirmation(peer), 0x001D, MGMTBytes.peerBytes),
        (.enterPasskey(peer, 123_456), 0x001E, MGMTBytes.peerBytes + [0x40, 0xE2, 0x01, 0x00]),
        (.refusePasskey(peer), 0x001F, MGMTBytes.peerBytes),
        (.startDiscovery, 0x0023, [6]),
        (.stopDiscovery, 0x0024, [6]),
        (
            .loadIdentityKeys([IdentityKey(peer: MGMTBytes.other, value: Array(0..<16))]), 0x0030,
            [1, 0] + MGMTBytes.otherBytes + Array(0..<16)
        ),
        (.connectionInformation(peer), 0x0031, MGMTBytes.peerBytes),
        (
            .loadConnectionParameters([
                MGMTConnectionParameters(
                    peer: peer,
                    minimumInterval: 24,
                    maximumInterval: 40,
                    latency: 1,
                    supervisionTimeout: 400
                )
            ]), 0x0035, [1, 0] + MGMTBytes.peerBytes + [24, 0, 40, 0, 1, 0, 0x90, 1]
        ),
        (
            .setDefaults([.minimumInterval(24), .maximumInterval(40), .latency(0), .supervisionTimeout(400)]), 0x004C,
            [0x17, 0, 2, 24, 0, 0x18, 0, 2, 40, 0, 0x19, 0, 2, 0, 0, 0x1A, 0, 2, 0x90, 1]
        ),
    ]

    @Test("every command has its number and its bytes", arguments: commands)
    func command(command: MGMTCommand, code: UInt16, parameters: [UInt8]) {
        let header = HCIFields.bytes(code) + [2, 0] + HCIFields.bytes(UInt16(parameters.count))
        #expect(command.packet(for: 2).bytes == header + parameters)
        #expect(!command.description.isEmpty)
    }

    static let events: [(UInt16, [UInt8], MGMTEvent)] = [
        (0x0004, [], .indexAdded),
        (0x0005, [], .indexRemoved),
        (0x0006, [0x11, 2, 0, 0], .newSettings([.powered, .bondable, .lowEnergy])),
        (0x000A, [1] + keyBytes, .newLongTermKey(key, isToBeKept: true)),
        (0x000A, [0] + keyBytes, .newLongTermKey(key, isToBeKept: false)),
        (0x000B, MGMTBytes.peerBytes + [0, 0, 0, 0, 0, 0], .deviceConnected(peer)),
        (0x000C, MGMTBytes.peerBytes + [3], .deviceDisconnected(peer, reason: 3)),
        (0x000D, MGMTBytes.peerBytes + [4], .connectFailed(peer, MGMTStatus(rawValue: 4))),
        (
            0x000F, MGMTBytes.peerBytes + [1, 0, 0, 0, 0],
            .confirmationRequest(peer, isJustWorks: true, number: 0)
        ),
        (
            0x000F, MGMTBytes.peerBytes + [0, 0x40, 0xE2, 1, 0],
            .confirmationRequest(peer, isJustWorks: false, number: 123_456)
        ),
        (0x0010, MGMTBytes.peerBytes, .passkeyRequest(peer)),
        (0x0011, MGMTBytes.peerBytes + [5], .authenticationFailed(peer, MGMTStatus(rawValue: 5))),
        (
            0x0012, MGMTBytes.peerBytes + [0xC4, 4, 0, 0, 0, 3, 0, 2, 1, 6],
            .deviceFound(MGMTDeviceReport(peer: peer, strength: -60, isConnectable: false, data: [2, 1, 6]))
        ),
        (
            0x0012, MGMTBytes.otherBytes + [127, 0, 0, 0, 0, 0, 0],
            .deviceFound(MGMTDeviceReport(peer: MGMTBytes.other, strength: nil, isConnectable: true, data: []))
        ),
        (0x0013, [6, 1], .discovering(true)),
        (0x0013, [6, 0], .discovering(false)),
        (0x0016, MGMTBytes.peerBytes, .unpaired(peer)),
        (0x0017, MGMTBytes.peerBytes + [1, 0, 0, 0, 2], .passkeyNotify(peer, passkey: 1, entered: 2)),
        (
            0x0018, [1] + MGMTBytes.peerBytes.dropLast() + MGMTBytes.otherBytes + Array(0..<16),
            .newIdentityKey(
                IdentityKey(peer: MGMTBytes.other, value: Array(0..<16)),
                seenAs: peer.address,
                isToBeKept: true
            )
        ),
        (0x0099, [1, 2, 3], .other(code: 0x0099)),
    ]

    @Test("every event is read", arguments: events)
    func event(code: UInt16, parameters: [UInt8], event: MGMTEvent) throws {
        let packet = try #require(MGMTPacket(MGMTBytes.event(code, index: 3, parameters)))
        #expect(MGMTMessage(packet) == .event(event, index: 3))
    }

    @Test("an event that is cut short anywhere is refused", arguments: events)
    func short(code: UInt16, parameters: [UInt8], event: MGMTEvent) {
        // The longest part that can be left out is what an advertisement says after its length.
        let needed = code == 0x000B ? 7 : parameters.count
        guard ![0x0004, 0x0005, 0x0099].contains(code) else { return }
        for count in 0..<needed {
            let packet = MGMTPacket(code: code, index: 0, parameters: Array(parameters.prefix(count)))
            #expect(MGMTMessage(packet) == nil, "\(count) bytes")
        }
    }

    @Test("an address of an unknown kind is refused")
    func unknownKind() {
        let bytes = Array(MGMTBytes.peerBytes.dropLast()) + [3]
        #expect(MGMTMessage(MGMTPacket(code: 0x0010, index: 0, parameters: bytes)) == nil)
    }

    @Test(
        "a packet whose length is wrong is refused",
        arguments: [[], [1], [1, 0, 0, 0, 0], [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 9]] as [[UInt8]]
    )
    func length(bytes: [UInt8]) { #expect(MGMTPacket(bytes) == nil) }

    @Test("an answer is read from both kinds")
    func answers() throws {
        let complete = try #require(MGMTPacket(MGMTBytes.answer(to: 0x0005, index: 1, [1, 2, 0, 0])))
        let expected = MGMTAnswer(command: 5, index: 1, status: .success, parameters: [1, 2, 0, 0])
        #expect(MGMTMessage(complete) == .answer(expected))
        #expect(expected.settings == [.powered, .lowEnergy])
        let status = try #require(MGMTPacket(MGMTBytes.answer(to: 0x0005, index: 1, status: 0x14)))
        let refusal = MGMTAnswer(command: 5, index: 1, status: .permissionDenied, parameters: [])
        #expect(MGMTMessage(status) == .answer(refusal))
        #expect(MGMTMessage(MGMTPacket(code: 1, index: 0, parameters: [5, 0])) == nil)
    }

    @Test("an index list that promises more than it has is refused")
    func indexes() {
        func answer(_ bytes: [UInt8]) -> MGMTAnswer {
            MGMTAnswer(command: 3, index: 0xFFFF, status: .success, parameters: bytes)
        }
        #expect(answer([2, 0, 0, 0, 1, 0]).indexes == [0, 1])
        #expect(answer([0, 0]).indexes == [])
        #expect(answer([3, 0, 0, 0, 1, 0]).indexes == nil)
        #expect(answer([]).indexes == nil)
    }

    @Test("an adapter's description is read, and refused when cut short")
    func controller() throws {
        let bytes = MGMTBytes.controller(current: [.powered, .lowEnergy])
        #expect(bytes.count == 280)
        let info = try #require(AdapterInfo(index: 1, parameters: bytes))
        #expect(info.label == "hci1")
        #expect(info.address == BluetoothAddress("00:AA:BB:CC:00:01"))
        #expect(info.version == 8)
        #expect(info.manufacturer == 0x05F1)
        #expect(info.current == [.powered, .lowEnergy])
        #expect(info.supported.contains(.classic))
        #expect(info.name == "gateway")
        #expect(AdapterInfo(index: 1, parameters: Array(bytes.prefix(268))) == nil)
    }

    @Test("the signal's unknown values are none")
    func signal() throws {
        let known = try #require(ConnectionSignal(parameters: MGMTBytes.peerBytes + [0xB8, 4, 10]))
        #expect(known.strength == -72 && known.transmitPower == 4 && known.maximumTransmitPower == 10)
        let unknown = try #require(ConnectionSignal(parameters: MGMTBytes.peerBytes + [127, 127, 127]))
        #expect(unknown.strength == nil && unknown.transmitPower == nil && unknown.maximumTransmitPower == nil)
        #expect(ConnectionSignal(parameters: MGMTBytes.peerBytes + [127, 127]) == nil)
    }

    @Test("every status has words of its own, and the common ones a cure")
    func statuses() {
        let texts = (0...UInt8(0x14)).map { "\(MGMTStatus(rawValue: $0))" }
        #expect(Set(texts).count == texts.count)
        #expect(!texts.contains { $0.hasPrefix("status 0x") })
        #expect("\(MGMTStatus(rawValue: 0x15))" == "status 0x15")
        #expect(MGMTStatus.permissionDenied.cure == "needs CAP_NET_ADMIN")
        #expect(MGMTStatus.blockedByRFKill.cure?.contains("rfkill unblock") == true)
        #expect(MGMTStatus.busy.isTransient)
        #expect(!MGMTStatus.permissionDenied.isTransient)
        #expect(!MGMTStatus.invalidIndex.isTransient)
    }
}
