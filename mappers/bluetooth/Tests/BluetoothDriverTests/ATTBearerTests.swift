// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("The attribute protocol, PDU by PDU")
struct ATTBearerTests {
    typealias Case = (request: ATTRequest, sent: [UInt8], answer: [UInt8], meaning: ATTResponse)

    static let cases: [Case] = [
        (.exchangeMTU(517), [0x02, 0x05, 0x02], [0x03, 0xF7, 0x00], .mtu(247)),
        (
            .findInformation(HandleRange(first: 4, last: 6)), [0x04, 4, 0, 6, 0],
            [0x05, 1, 4, 0, 0x02, 0x29, 6, 0, 0x04, 0x29],
            .information([
                .init(handle: 4, type: BluetoothUUID(0x2902)), .init(handle: 6, type: BluetoothUUID(0x2904)),
            ])
        ),
        (
            .findByTypeValue(.all, type: 0x2800, value: [0x0F, 0x18]),
            [0x06, 1, 0, 0xFF, 0xFF, 0x00, 0x28, 0x0F, 0x18],
            [0x07, 4, 0, 7, 0], .ranges([HandleRange(first: 4, last: 7)])
        ),
        (
            .readByType(.all, BluetoothUUID(0x2803)), [0x08, 1, 0, 0xFF, 0xFF, 0x03, 0x28],
            [0x09, 3, 2, 0, 9, 5, 0, 8],
            .attributes([.init(handle: 2, value: [9]), .init(handle: 5, value: [8])])
        ),
        (.read(3), [0x0A, 3, 0], [0x0B, 1, 2], .value([1, 2])),
        (.read(3), [0x0A, 3, 0], [0x0B], .value([])),
        (.readBlob(3, offset: 22), [0x0C, 3, 0, 22, 0], [0x0D, 7], .value([7])),
        (
            .readByGroupType(HandleRange(first: 5, last: 9), BluetoothUUID(0x2800)),
            [0x10, 5, 0, 9, 0, 0x00, 0x28], [0x11, 6, 5, 0, 9, 0, 0x0F, 0x18],
            .groups([.init(range: HandleRange(first: 5, last: 9), value: [0x0F, 0x18])])
        ),
        (.write(3, [1]), [0x12, 3, 0, 1], [0x13], .done),
        (
            .prepareWrite(3, offset: 18, [1, 2]), [0x16, 3, 0, 18, 0, 1, 2], [0x17, 3, 0, 18, 0, 1, 2],
            .prepared(handle: 3, offset: 18, [1, 2])
        ),
        (.executeWrite(isCommitted: true), [0x18, 1], [0x19], .done),
        (.executeWrite(isCommitted: false), [0x18, 0], [0x19], .done),
    ]

    @Test("requests and their answers", arguments: cases)
    func exchange(exchange: Case) throws {
        var bearer = ATTBearer()
        #expect(try bearer.begin(exchange.request) == exchange.sent)
        #expect(!bearer.isFree)
        #expect(bearer.receive(exchange.answer) == [.answer(.success(exchange.meaning))])
        #expect(bearer.isFree)
        // An answer nobody waits for.
        #expect(bearer.receive(exchange.answer) == [])
    }

    @Test(
        "what cannot be an answer is none",
        arguments: [
            (ATTRequest.exchangeMTU(517), [0x03, 1]), (.findInformation(.all), [0x05]),
            (.findInformation(.all), [0x05, 3, 1, 0, 1, 0]), (.findInformation(.all), [0x05, 1, 1, 0, 1]),
            (.readByType(HandleRange(first: 5, last: 9), BluetoothUUID(0x2803)), [0x09, 3, 4, 0, 9]),
            (.readByType(.all, BluetoothUUID(0x2803)), [0x09, 3, 5, 0, 9, 5, 0, 9]),
            (.readByType(.all, BluetoothUUID(0x2803)), [0x09, 0]),
            (.readByType(.all, BluetoothUUID(0x2803)), [0x09, 1]),
            (.readByGroupType(.all, BluetoothUUID(0x2800)), [0x11, 6, 9, 0, 5, 0, 0x0F, 0x18]),
            (
                .readByGroupType(.all, BluetoothUUID(0x2800)),
                [0x11, 6, 1, 0, 9, 0, 0x0F, 0x18, 9, 0, 12, 0, 0x0F, 0x18]
            ),
            (.findByTypeValue(.all, type: 0x2800, value: [0x0F, 0x18]), [0x07, 1, 0, 0xFF, 0xFF, 2, 0, 0xFF, 0xFF]),
            (.write(1, []), [0x13, 0]), (.prepareWrite(1, offset: 0, []), [0x17, 1]),
        ] as [(ATTRequest, [UInt8])]
    )
    func malformed(request: ATTRequest, answer: [UInt8]) throws {
        var bearer = ATTBearer()
        _ = try bearer.begin(request)
        guard case .answer(.failure(.malformed(_)))? = bearer.receive(answer).first else {
            return #expect(Bool(false), "taken for an answer")
        }
    }

    @Test("an error counts for the request it names")
    func errors() throws {
        var bearer = ATTBearer()
        _ = try bearer.begin(.read(3))
        #expect(bearer.receive([0x01, 0x12, 3, 0, 0x0E]) == [])
        #expect(bearer.receive([0x01, 0x0A, 3, 0]) == [])
        #expect(bearer.receive([0x01, 0x0A, 3, 0, 0x05]) == [.answer(.failure(.refused(.insufficientAuthentication)))])
        #expect(ATTErrorCode(rawValue: 0x02).description == "reading is not permitted (ATT error 0x02)")
        #expect(ATTErrorCode(rawValue: 0x81).description == "an error of the device's own (ATT error 0x81)")
    }

    @Test("what a server sends by itself is taken in at any time, and what it asks is answered")
    func serverInitiated() throws {
        var bearer = ATTBearer()
        _ = try bearer.begin(.read(3))
        #expect(bearer.receive([0x1B, 9, 0, 1]) == [.value(handle: 9, [1])])
        #expect(bearer.receive([0x1D, 9, 0]) == [.send([0x1E]), .value(handle: 9, [])])
        #expect(bearer.receive([0x1D]) == [.send([0x1E])])
        #expect(
            bearer.receive([0x23, 9, 0, 1, 0, 7, 8, 0, 0, 0])
                == [.value(handle: 9, [7]), .value(handle: 8, [])]
        )
        #expect(bearer.receive([0x23, 9, 0, 9, 0, 7]) == [])
        #expect(bearer.receive([0x0A, 1, 0]) == [.send([0x01, 0x0A, 1, 0, 0x06])])
        #expect(bearer.receive([0x20]) == [.send([0x01, 0x20, 0, 0, 0x06])])
        #expect(bearer.receive([0x52, 1, 0, 1]) == [])
        #expect(bearer.receive([0xD2, 1, 0, 1]) == [])
        #expect(bearer.receive([0x1E]) == [])
        #expect(bearer.receive([]) == [])
        #expect(bearer.receive([0x0B, 5]) == [.answer(.success(.value([5])))])
    }

    @Test("both sides' sizes decide how long a PDU may be", arguments: [(517, 247), (100, 100), (23, 23), (5, 23)])
    func size(theirs: Int, agreed: Int) throws {
        var bearer = ATTBearer(ownMTU: 247)
        #expect(throws: ATTFault.tooLong(24)) { try bearer.begin(.write(1, Array(repeating: 0, count: 21))) }
        _ = try bearer.begin(bearer.exchange)
        _ = bearer.receive([0x03] + UInt16(theirs).littleEndianBytes)
        #expect(bearer.mtu == agreed)
        // A value as long as ours allows may come all the same.
        _ = try bearer.begin(.read(1))
        let long = Array(repeating: UInt8(1), count: 246)
        #expect(bearer.receive([0x0B] + long) == [.answer(.success(.value(long)))])
    }

    @Test("a server's own request for a size is answered with ours")
    func serverAsksForSize() {
        var bearer = ATTBearer(ownMTU: 247)
        #expect(bearer.receive([0x02, 0x64, 0x00]) == [.send([0x03, 0xF7, 0x00])])
        #expect(bearer.mtu == 100)
    }

    @Test("nothing a server can send does harm")
    func hostile() throws {
        var generator = SeededGenerator(7)
        var bearer = ATTBearer()
        for _ in 0..<200_000 {
            if bearer.isFree, let request = Self.cases.randomElement(using: &generator)?.request {
                _ = try? bearer.begin(request)
            }
            var pdu = Self.cases.randomElement(using: &generator)?.answer ?? []
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !pdu.isEmpty {
                let index = Int.random(in: 0..<pdu.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: pdu[index] = .random(in: 0...255, using: &generator)
                case 1: pdu.remove(at: index)
                case 2: pdu.insert(.random(in: 0...255, using: &generator), at: index)
                default: pdu += pdu.prefix(index)
                }
            }
            for effect in bearer.receive(Array(pdu.prefix(600))) {
                if case .send(let bytes) = effect { #expect(bytes.count <= ATTBearer.smallestMTU) }
            }
            #expect(ATTBearer.smallestMTU...ATTBearer.largestMTU ~= bearer.mtu)
        }
    }
}

/// Gives the same numbers each time (xorshift64*).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
