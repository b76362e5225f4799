// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Makes up what a server that means no good sends for each PDU.
struct HostileMind: Sendable {
    private var random: FuzzRandom
    private var server: AttributeServer
    private var table = AttributeTable(FuzzPeripheral.services)
    private var faults = AttributeFaults()
    /// In how many of a hundred answers something is wrong.
    private let malice: Int
    /// How many more times there is one thing more to be found, right behind the last.
    private var creeps: Int
    private var last: [UInt8] = []
    /// What went over the wire.
    private(set) var record = WireRecord()

    init(random: FuzzRandom, creeps: Int) {
        self.random = random
        self.creeps = creeps
        server = AttributeServer(mtu: self.random.one(of: [nil, 23, 40, 247, 517]))
        malice = creeps > 300 ? 0 : self.random.one(of: [0, 2, 10, 40, 100])
    }

    /// What is sent for a PDU; `nil` stands for the end of the connection.
    mutating func answers(to pdu: [UInt8]) -> [[UInt8]?] {
        record.received += 1
        let right = creep(behind: pdu) ?? server.answer(pdu, from: &table, with: &faults).pdus.first
        let answers: [[UInt8]?] = random.happens(malice) ? malign(right, pdu) : right.map { [$0] } ?? []
        last = right ?? last
        record.keep(answers.compactMap(\.self))
        return answers
    }

    /// A list of one thing at the first handle that was asked for, so that the search goes on for long.
    private mutating func creep(behind pdu: [UInt8]) -> [UInt8]? {
        guard creeps > 0, let first = UInt16(littleEndian: pdu, at: 1), first < 0xFFFE else { return nil }
        let (own, next) = (first.littleEndianBytes, (first + 1).littleEndianBytes)
        creeps -= 1
        switch pdu.first {
        case 0x04: return [0x05, 1] + own + [0x01, 0x29]
        case 0x06: return [0x07] + own + own
        case 0x08: return [0x09, 7] + own + [0x02] + next + [0x19, 0x2A]
        case 0x10: return [0x11, 6] + own + own + [0x0F, 0x18]
        default: return nil
        }
    }

    /// What is sent in the place of the right answer, or beside it.
    private mutating func malign(_ right: [UInt8]?, _ request: [UInt8]) -> [[UInt8]?] {
        let right = right ?? [0x01, request.first ?? 0, 0, 0, 0x0E]
        let handle = UInt16(random.number(0...20)).littleEndianBytes
        switch random.number(0...21) {
        case 0: return []
        case 1: return [right, right]
        case 2: return [last, right]
        case 3: return [last]
        case 4: return [random.happens(50) ? [] : nil]
        case 5: return [[right[0]] + random.bytes(0...700)]
        case 6: return [right + random.bytes(1...700)]
        case 7: return [Array(right.prefix(random.number(1...right.count)))]
        case 8: return [[random.byte()] + right.dropFirst()]
        case 9: return [[0x01, request.first ?? 0] + handle + [random.byte()]]
        case 10: return [random.bytes(0...30), right]
        case 11: return [FuzzPeripheral.request(&random), right]
        case 12: return flood() + [right]
        case 13: return [[0x1B] + handle + random.bytes(0...600), right]
        case 14: return [[0x1D] + handle + random.bytes(0...20), right]
        case 15: return [random.mutated([0x23] + handle + [2, 0, 1, 2] + handle + [1, 0, 9], changes: 0...2), right]
        case 16: return [swapped(right)]
        case 17: return [[right[0]] + right.dropFirst().flatMap { [$0, $0] }]
        case 18: return [overlapping(request) ?? right]
        default: return [random.mutated(right)]
        }
    }

    private mutating func flood() -> [[UInt8]] {
        let opcode: UInt8 = random.one(of: [0x1B, 0x1D, 0x02, 0x0A, 0x0B, 0x13])
        return (0..<random.number(1...100)).map { _ in [opcode] + random.bytes(2...40) }
    }

    /// Two pairs of bytes have changed their places, as handles in a list may.
    private mutating func swapped(_ right: [UInt8]) -> [UInt8] {
        guard right.count >= 6 else { return right.reversed() }
        var pdu = right
        let (one, other) = (random.number(0...right.count - 2), random.number(0...right.count - 2))
        for offset in 0...1 { (pdu[one + offset], pdu[other + offset]) = (right[other + offset], right[one + offset]) }
        return pdu
    }

    /// Services that all reach to the last handle, each with everything in it.
    private func overlapping(_ request: [UInt8]) -> [UInt8]? {
        guard let first = UInt16(littleEndian: request, at: 1), first < 0xFF00 else { return nil }
        let ranges = (0..<UInt16(5)).map { (first + $0).littleEndianBytes + [0xFF, 0xFF] }
        switch request.first {
        case 0x06: return [0x07] + ranges.joined()
        case 0x10: return [0x11, 6] + ranges.flatMap { $0 + [0x0F, 0x18] }
        default: return nil
        }
    }
}
#endif
