// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Simulator: the attribute server")
struct SimulatorAttributeTests {
    @Test("the table has declarations, values and descriptors in the order of the specification")
    func layout() {
        let table = AttributeTable(SimulatorMake.services)
        #expect(table.attributes.map(\.handle) == Array(1...18))
        let types: [UInt16] = [
            0x2800, 0x2803, 0x2A05, 0x2902, 0x2800, 0x2803, 0x2A19, 0x2902, 0x2901, 0x2904, 0x2800, 0x2803, 0x2A6E,
            0x2803, 0x2A46, 0x2902, 0x2803, 0xFFF1,
        ]
        #expect(table.attributes.map(\.type) == types.map(BluetoothUUID.init))
        #expect(table[6]?.value == [0x12, 7, 0, 0x19, 0x2A])
        #expect(table[5]?.groupEnd == 10)
        #expect(table.value(of: SimulatorMake.level) == [87])
    }

    @Test("what has no handle any more is left out")
    func tooLong() {
        let service = SimulatedService(BluetoothUUID(0xFFF0), [])
        #expect(AttributeTable([service, service], gap: 0xFFFD).attributes.map(\.handle) == [0xFFFE, 0xFFFF])
        #expect(AttributeTable([service], gap: 0xFFFF).attributes.isEmpty)
    }

    @Test("each side's MTU is told, and the lesser one used")
    func exchange() {
        var bench = ServerBench(mtu: 100)
        #expect(bench.ask([0x02, 50, 0]) == [0x03, 100, 0])
        #expect(bench.server.mtu == 50)
        #expect(bench.ask([0x02, 5, 0]) == [0x03, 100, 0])
        #expect(bench.server.mtu == 23)
        var old = ServerBench(mtu: nil)
        #expect(old.ask([0x02, 50, 0]) == [0x01, 0x02, 0, 0, 0x06])
    }

    @Test("services are found with their groups, as many as there is room for")
    func services() {
        var bench = ServerBench()
        #expect(
            bench.ask([0x10, 1, 0, 0xFF, 0xFF, 0x00, 0x28])
                == [0x11, 6, 1, 0, 4, 0, 0x01, 0x18, 5, 0, 10, 0, 0x0F, 0x18, 11, 0, 18, 0, 0xF0, 0xFF]
        )
        #expect(bench.ask([0x10, 12, 0, 0xFF, 0xFF, 0x00, 0x28]) == [0x01, 0x10, 12, 0, 0x0A])
        #expect(bench.ask([0x10, 1, 0, 0xFF, 0xFF, 0x03, 0x28]) == [0x01, 0x10, 1, 0, 0x10])
        #expect(bench.ask([0x06, 1, 0, 0xFF, 0xFF, 0x00, 0x28, 0x0F, 0x18]) == [0x07, 5, 0, 10, 0])
        #expect(bench.ask([0x06, 1, 0, 0xFF, 0xFF, 0x00, 0x28, 0x0A, 0x18]) == [0x01, 0x06, 1, 0, 0x0A])
    }

    @Test("items of another length wait for the next request")
    func lengths() throws {
        let custom = try #require(BluetoothUUID("f000aa01-0451-4000-b000-000000000000"))
        var bench = ServerBench()
        bench.table = AttributeTable([SimulatedService(BluetoothUUID(0xFFF0), []), SimulatedService(custom, [])])
        #expect(bench.ask([0x10, 1, 0, 0xFF, 0xFF, 0x00, 0x28]) == [0x11, 6, 1, 0, 1, 0, 0xF0, 0xFF])
        #expect(
            bench.ask([0x10, 2, 0, 0xFF, 0xFF, 0x00, 0x28]) == [0x11, 20, 2, 0, 2, 0] + custom.littleEndianBytes
        )
        #expect(bench.ask([0x04, 1, 0, 2, 0]) == [0x05, 1, 1, 0, 0x00, 0x28, 2, 0, 0x00, 0x28])
    }

    @Test("characteristics and descriptors are found")
    func characteristics() {
        var bench = ServerBench()
        #expect(
            bench.ask([0x08, 11, 0, 18, 0, 0x03, 0x28])
                == [
                    0x09, 7, 12, 0, 0x0E, 13, 0, 0x6E, 0x2A, 14, 0, 0x20, 15, 0, 0x46, 0x2A, 17, 0, 0x0A, 18, 0, 0xF1,
                    0xFF,
                ]
        )
        #expect(bench.ask([0x04, 8, 0, 10, 0]) == [0x05, 1, 8, 0, 2, 0x29, 9, 0, 1, 0x29, 10, 0, 4, 0x29])
        #expect(bench.ask([0x08, 1, 0, 0xFF, 0xFF, 0x19, 0x2A]) == [0x09, 3, 7, 0, 87])
        #expect(bench.ask([0x0A, 9, 0]) == [0x0B] + "main".utf8)
    }

    @Test("a value by its type that may not be read is refused by its handle")
    func byTypeRefused() {
        var bench = ServerBench()
        #expect(bench.ask([0x08, 1, 0, 0xFF, 0xFF, 0x46, 0x2A]) == [0x01, 0x08, 15, 0, 0x02])
    }

    @Test(
        "wrong requests are refused by the book",
        arguments: [
            ([0x0A, 0, 0], [0x01, 0x0A, 0, 0, 0x01]), ([0x0A, 99, 0], [0x01, 0x0A, 99, 0, 0x01]),
            ([0x0A, 1], [0x01, 0x0A, 0, 0, 0x04]), ([0x0A, 15, 0], [0x01, 0x0A, 15, 0, 0x02]),
            ([0x12, 7, 0, 1], [0x01, 0x12, 7, 0, 0x03]), ([0x0C, 18, 0, 101, 0], [0x01, 0x0C, 18, 0, 0x07]),
            ([0x12, 13, 0, 1, 2, 3, 4, 5], [0x01, 0x12, 13, 0, 0x0D]), ([0x12, 8, 0, 2, 0], [0x01, 0x12, 8, 0, 0xFD]),
            ([0x12, 8, 0, 1], [0x01, 0x12, 8, 0, 0x0D]), ([0x04, 5, 0, 4, 0], [0x01, 0x04, 5, 0, 0x01]),
            ([0x04, 0, 0, 4, 0], [0x01, 0x04, 0, 0, 0x01]), ([0x20, 7, 0, 9, 0], [0x01, 0x20, 0, 0, 0x06]),
            ([0x18, 2], [0x01, 0x18, 0, 0, 0x04]), ([0x52, 7, 0, 1], []), ([0x7E], []), ([0x0B, 1], []), ([], []),
        ] as [([UInt8], [UInt8])]
    )
    func refusals(pdu: [UInt8], answer: [UInt8]) {
        var bench = ServerBench()
        #expect(bench.ask(pdu) == answer)
    }

    @Test("long values are read in parts, the last one shorter")
    func longRead() {
        var bench = ServerBench()
        var value = Array(bench.ask([0x0A, 18, 0]).dropFirst())
        #expect(value.count == 22)
        var part: [UInt8] = []
        repeat {
            part = Array(bench.ask([0x0C, 18, 0, UInt8(value.count), 0]).dropFirst())
            value += part
        } while part.count == 22
        #expect(value == (0..<100).map { UInt8($0) })
    }

    @Test("values are written with an answer and without")
    func writes() {
        var bench = ServerBench()
        #expect(bench.ask([0x12, 13, 0, 9]) == [0x13])
        #expect(bench.ask([0x0A, 13, 0]) == [0x0B, 9])
        #expect(bench.ask([0x52, 13, 0, 8, 7]) == [])
        #expect(bench.ask([0x0A, 13, 0]) == [0x0B, 8, 7])
    }

    @Test("long values are written in parts, all or nothing")
    func longWrite() {
        var bench = ServerBench()
        #expect(bench.ask([0x16, 18, 0, 0, 0, 1, 2, 3]) == [0x17, 18, 0, 0, 0, 1, 2, 3])
        #expect(bench.ask([0x16, 18, 0, 3, 0, 4]) == [0x17, 18, 0, 3, 0, 4])
        #expect(bench.table.value(of: SimulatorMake.long)?.count == 100)
        #expect(bench.ask([0x18, 1]) == [0x19])
        #expect(bench.table.value(of: SimulatorMake.long) == [1, 2, 3, 4])
        _ = bench.ask([0x16, 18, 0, 0, 0, 9])
        #expect(bench.ask([0x18, 0]) == [0x19])
        #expect(bench.table.value(of: SimulatorMake.long) == [1, 2, 3, 4])
        _ = bench.ask([0x16, 18, 0, 0, 0, 9])
        _ = bench.ask([0x16, 18, 0, 7, 0, 9])
        #expect(bench.ask([0x18, 1]) == [0x01, 0x18, 18, 0, 0x07])
        #expect(bench.table.value(of: SimulatorMake.long) == [1, 2, 3, 4])
        #expect(bench.server.prepared.isEmpty)
    }

    @Test("no more parts are kept than there is room for")
    func queue() {
        var bench = ServerBench()
        for _ in 0..<AttributeServer.queueCapacity { #expect(bench.ask([0x16, 18, 0, 0, 0]).first == 0x17) }
        #expect(bench.ask([0x16, 18, 0, 0, 0]) == [0x01, 0x16, 18, 0, 0x09])
    }

    @Test("who has subscribed is told, up to the MTU; who has not is not")
    func notifications() {
        var bench = ServerBench()
        #expect(bench.server.tell(7, of: bench.table) == [])
        #expect(bench.ask([0x12, 8, 0, 1, 0]) == [0x13])
        #expect(bench.ask([0x0A, 8, 0]) == [0x0B, 1, 0])
        #expect(bench.server.tell(7, of: bench.table) == [[0x1B, 7, 0, 87]])
        bench.table.set([UInt8](repeating: 1, count: 40), at: 7)
        #expect(bench.server.tell(7, of: bench.table).first?.count == 23)
        #expect(bench.ask([0x12, 8, 0, 0, 0]) == [0x13])
        #expect(bench.server.tell(7, of: bench.table) == [])
    }

    @Test("an indication waits for the confirmation of the one before")
    func indications() {
        var bench = ServerBench()
        #expect(bench.ask([0x12, 16, 0, 2, 0]) == [0x13])
        #expect(bench.server.tell(15, of: bench.table) == [[0x1D, 15, 0, 0]])
        bench.table.set([1], at: 15)
        #expect(bench.server.tell(15, of: bench.table) == [])
        #expect(bench.ask([0x1E]) == [0x1D, 15, 0, 1])
        #expect(bench.ask([0x1E]) == [])
    }

    @Test("for a client that never confirms the newest indications wait")
    func unconfirmed() {
        var bench = ServerBench()
        _ = bench.ask([0x12, 16, 0, 2, 0])
        for value in UInt8(0)...200 {
            bench.table.set([value], at: 15)
            _ = bench.server.tell(15, of: bench.table)
        }
        var heard: [UInt8] = []
        while let value = bench.ask([0x1E]).last { heard.append(value) }
        #expect(heard == Array(137...200))
    }

    @Test("what is protected opens with encryption")
    func protection() {
        var bench = ServerBench()
        bench.table.protect(7, with: 0x0F)
        #expect(bench.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0F])
        bench.server.isEncrypted = true
        #expect(bench.ask([0x0A, 7, 0]) == [0x0B, 87])
    }

    @Test("faults befall what they are made for")
    func faults() {
        var bench = ServerBench()
        bench.faults.errors[7] = 0x0E
        #expect(bench.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0E])
        #expect(bench.ask([0x08, 1, 0, 0xFF, 0xFF, 0x19, 0x2A]) == [0x01, 0x08, 7, 0, 0x0E])
        bench.faults = AttributeFaults()
        bench.faults.spoilsEcho = true
        #expect(bench.ask([0x16, 18, 0, 0, 0, 1]) == [0x17, 18, 0, 0, 0, 0xFE])
        bench.faults.isSilent = true
        #expect(bench.ask([0x0A, 7, 0]) == [])
    }

    @Test("after so many PDUs the connection ends, once")
    func drop() {
        var bench = ServerBench()
        bench.faults.remainingPDUs = 1
        #expect(bench.ask([0x0A, 7, 0]) == [0x0B, 87])
        #expect(bench.server.answer([0x0A, 7, 0], from: &bench.table, with: &bench.faults).disconnects)
        #expect(bench.ask([0x0A, 7, 0]) == [0x0B, 87])
    }
}
