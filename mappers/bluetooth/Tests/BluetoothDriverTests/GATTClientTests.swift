// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization
import Testing

@testable import BluetoothDriver

@Suite("Procedures of the attribute profile", .timeLimit(.minutes(1)))
struct GATTClientTests {
    private static let battery = BluetoothUUID(0x180F)
    private static let level = BluetoothUUID(0x2A19)

    /// Talks to a server that answers as written, line by line: what it gets, what it says.
    private func talk<Result>(
        _ dialogue: [(got: [UInt8], says: [UInt8])],
        _ body: (GATTClient) async throws -> Result
    ) async throws -> Result {
        let rest = Mutex(dialogue[...])
        let peer = try ScriptedPeer { pdu in
            guard let next = rest.withLock({ $0.popFirst() }), next.got == pdu else {
                return [[0x01, pdu[0], 0, 0, 0x0E]]
            }
            return [next.says]
        }
        let channel = ATTChannel(peer.other)
        defer { channel.close() }
        let result = try await body(GATTClient(channel: channel, limit: .seconds(10)))
        #expect(peer.received == dialogue.map(\.got))
        return result
    }

    private static func notFound(_ opcode: UInt8) -> [UInt8] { [0x01, opcode, 1, 0, 0x0A] }

    @Test("a characteristic of a named service is found without a look at the others")
    func namedService() async throws {
        let place = GATTPlace(characteristic: Self.level, service: Self.battery)
        let found = try await talk([
            ([0x06, 1, 0, 0xFF, 0xFF, 0x00, 0x28, 0x0F, 0x18], [0x07, 4, 0, 7, 0]),
            ([0x06, 8, 0, 0xFF, 0xFF, 0x00, 0x28, 0x0F, 0x18], Self.notFound(0x06)),
            ([0x08, 4, 0, 7, 0, 0x03, 0x28], [0x09, 7, 5, 0, 0x12, 6, 0, 0x19, 0x2A]),
            ([0x08, 6, 0, 7, 0, 0x03, 0x28], Self.notFound(0x08)),
        ]) { client in try place.find(in: try await client.table(for: [place])) }
        #expect(found.value == 6)
        #expect(found.properties == [.read, .notify])
        #expect(found.descriptors == HandleRange(first: 7, last: 7))
    }

    @Test("a value that is not acknowledged counts as written when something behind it is answered")
    func unacknowledged() async throws {
        let peer = try ScriptedPeer { pdu in pdu[0] == 0x04 ? [[0x05, 1, 6, 0, 0x19, 0x2A]] : [] }
        let channel = ATTChannel(peer.other)
        defer { channel.close() }
        try await GATTClient(channel: channel, limit: .seconds(10)).writeWithoutResponse([9], to: 6)
        #expect(peer.received == [[0x52, 6, 0, 9], [0x04, 6, 0, 6, 0]])
        let silent = try ScriptedPeer()
        let other = ATTChannel(silent.other)
        await #expect(throws: GATTFault.failed(.timedOut(.milliseconds(50)))) {
            try await GATTClient(channel: other, limit: .milliseconds(50)).writeWithoutResponse([9], to: 6)
        }
    }

    @Test("the last service may end with the last handle")
    func lastHandle() async throws {
        let services = try await talk([
            (
                [0x10, 1, 0, 0xFF, 0xFF, 0x00, 0x28],
                [0x11, 6, 1, 0, 9, 0, 0x00, 0x18, 10, 0, 0xFF, 0xFF, 0x0F, 0x18]
            )
        ]) { client in try await client.services() }
        #expect(services.map(\.uuid) == [BluetoothUUID(0x1800), Self.battery])
    }

    @Test("the same characteristic twice: the profile has to say which")
    func instances() async throws {
        let dialogue: [(got: [UInt8], says: [UInt8])] = [
            ([0x08, 1, 0, 0xFF, 0xFF, 0x03, 0x28], [0x09, 7, 2, 0, 2, 3, 0, 0x19, 0x2A, 5, 0, 2, 6, 0, 0x19, 0x2A]),
            ([0x08, 6, 0, 0xFF, 0xFF, 0x03, 0x28], Self.notFound(0x08)),
        ]
        let place = GATTPlace(characteristic: Self.level)
        let table = try await talk(dialogue) { try await $0.table(for: [place]) }
        #expect(throws: GATTFault.ambiguous(place, 2)) { try place.find(in: table) }
        let second = GATTPlace(characteristic: Self.level, instance: 2)
        #expect(try second.find(in: table).value == 6)
        #expect(try GATTPlace(characteristic: Self.level, instance: 1).find(in: table).last == 4)
        for absent in [GATTPlace(characteristic: Self.level, instance: 3), GATTPlace(characteristic: Self.battery)] {
            #expect(throws: GATTFault.absent(absent)) { try absent.find(in: table) }
        }
        #expect(
            GATTFault.ambiguous(place, 2).description
                == "the peripheral has 2 of characteristic 2a19: name the 'serviceUUID' or the 'instance' (1…2)"
        )
    }

    @Test("a long value is read in parts, one that fits exactly once more in vain")
    func longRead() async throws {
        let full = (0..<22).map(UInt8.init)
        let long = try await talk([
            ([0x0A, 3, 0], [0x0B] + full), ([0x0C, 3, 0, 22, 0], [0x0D] + full), ([0x0C, 3, 0, 44, 0], [0x0D, 9]),
        ]) { try await $0.read(3) }
        #expect(long == full + full + [9])
        let exact = try await talk([
            ([0x0A, 3, 0], [0x0B] + full), ([0x0C, 3, 0, 22, 0], [0x01, 0x0C, 3, 0, 0x0B]),
        ]) { try await $0.read(3) }
        #expect(exact == full)
    }

    @Test("a server without end gives no more than a value holds")
    func endlessRead() async throws {
        let full = Array(repeating: UInt8(7), count: 22)
        let peer = try ScriptedPeer { pdu in [[pdu[0] + 1] + full] }
        let client = GATTClient(channel: ATTChannel(peer.other), limit: .seconds(10))
        #expect(try await client.read(3).count == 512)
        #expect(peer.received.count == 24)
    }

    @Test("a long value is written in parts that the server repeats")
    func longWrite() async throws {
        let value = (0..<20).map(UInt8.init) + [99]
        try await talk([
            ([0x16, 3, 0, 0, 0] + value.prefix(18), [0x17, 3, 0, 0, 0] + value.prefix(18)),
            ([0x16, 3, 0, 18, 0] + value.dropFirst(18), [0x17, 3, 0, 18, 0] + value.dropFirst(18)),
            ([0x18, 1], [0x19]),
        ]) { try await $0.write(value, to: 3) }
    }

    @Test("what the server repeats wrongly, or refuses, is not written")
    func abandonedWrite() async throws {
        let value = (0..<21).map(UInt8.init)
        for (answer, fault) in [
            ([0x17, 3, 0, 0, 0] + value.prefix(17) + [0], GATTFault.wrongEcho),
            ([0x01, 0x16, 3, 0, 0x09], .failed(.refused(ATTErrorCode(rawValue: 0x09)))),
        ] {
            await #expect(throws: fault) {
                try await talk([([0x16, 3, 0, 0, 0] + value.prefix(18), answer), ([0x18, 0], [0x19])]) { client in
                    try await client.write(value, to: 3)
                }
            }
        }
        let client = GATTClient(channel: ATTChannel(try ScriptedPeer().other), limit: .seconds(10))
        await #expect(throws: GATTFault.tooLong(513)) { try await client.write(Array(repeating: 0, count: 513), to: 3) }
    }

    @Test("notifications are asked for where there are any, indications where not", arguments: [(0x12, 1), (0x22, 2)])
    func subscription(properties: UInt8, bits: UInt8) async throws {
        let declaration: [UInt8] = [properties, 3, 0, 0x19, 0x2A]
        let characteristic = try #require(GATTCharacteristic(declaration: 2, declaration, last: 0xFFFF))
        try await talk([
            (
                [0x04, 4, 0, 0xFF, 0xFF],
                [0x05, 1, 4, 0, 0x01, 0x29, 5, 0, 0x02, 0x29, 6, 0, 0x00, 0x28, 7, 0, 0x02, 0x29]
            ),
            ([0x04, 8, 0, 0xFF, 0xFF], Self.notFound(0x04)),
            ([0x12, 5, 0, bits, 0], [0x13]),
        ]) { try await $0.subscribe(to: characteristic) }
    }

    @Test("a server that does not know the size procedure keeps the smallest")
    func noSize() async throws {
        let peer = try ScriptedPeer { pdu in [[0x01, pdu[0], 0, 0, 0x06]] }
        let channel = ATTChannel(peer.other)
        try await channel.agreeOnSize()
        #expect(channel.mtu == 23)
    }
}
