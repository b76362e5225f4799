// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("HCI packets for scanning")
struct HCIPacketTests {
    @Test("commands of both kinds have their bytes, and never ask devices anything")
    func commands() {
        let settings = HCIScanSettings()
        #expect(HCIDialect.legacy.parameters(settings).packet == HCIBytes.legacyParameters)
        #expect(HCIDialect.legacy.enable(true).packet == HCIBytes.legacyOn)
        #expect(HCIDialect.legacy.enable(false).packet == HCIBytes.legacyOff)
        #expect(HCIDialect.extended.parameters(settings).packet == HCIBytes.extendedParameters)
        #expect(HCIDialect.extended.enable(true).packet == HCIBytes.extendedOn)
        #expect(HCIDialect.extended.enable(false).packet == HCIBytes.extendedOff)
        #expect(HCIDialect.legacy.enable(true, dropsDuplicates: true).parameters == [1, 1])
        // The scan's type: 0 is passive.
        #expect(HCIDialect.legacy.parameters(settings).parameters[0] == 0)
        #expect(HCIDialect.extended.parameters(settings).parameters[3] == 0)
    }

    @Test("times are in the controller's steps and within its bounds, the window not longer than the interval")
    func times() {
        #expect(HCIScanSettings.steps(.milliseconds(10)) == 0x10)
        #expect(HCIScanSettings.steps(.zero) == 4)
        #expect(HCIScanSettings.steps(.seconds(60)) == 0x4000)
        var settings = HCIScanSettings()
        settings.interval = .milliseconds(100)
        settings.window = .milliseconds(200)
        #expect(HCIDialect.legacy.parameters(settings).parameters == [0, 0xA0, 0, 0xA0, 0, 0, 0])
    }

    static let events: [([UInt8], HCIEvent?)] = [
        (HCIBytes.complete(0x200C), .answer(opcode: 0x200C, status: 0)),
        (HCIBytes.complete(0x200B, status: 0x0C), .answer(opcode: 0x200B, status: 0x0C)),
        (HCIBytes.status(0x2041, 1), .answer(opcode: 0x2041, status: 1)),
        ([0x04, 0x0E, 3, 1, 0, 0], .answer(opcode: 0, status: 0)),
        (HCIBytes.meta(HCIBytes.report), .reports(HCIBytes.report)),
        (HCIBytes.meta([0x0D, 0]), .reports([0x0D, 0])),
        (HCIBytes.meta([0x01, 0]), .other),
        ([0x04, 0x05, 4, 0, 1, 0, 0x13], .other),
        ([0x02, 1, 2, 3], .other),
        ([], nil),
        ([0x04], nil),
        ([0x04, 0x3E, 0], nil),
        ([0x04, 0x3E, 2, 2], nil),
        ([0x04, 0x3E, 1, 2, 3], nil),
        ([0x04, 0x0E, 2, 1, 0], nil),
        ([0x04, 0x0F, 3, 1, 0, 0], nil),
    ]

    @Test("events are read, and what is cut short refused", arguments: events)
    func event(packet: [UInt8], event: HCIEvent?) { #expect(HCIEvent(packet) == event) }
}
