// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Simulator: the controller")
struct SimulatorControllerTests {
    private static let peer: [UInt8] = [1, 0x01, 0x05, 0x04, 0x03, 0x02, 0xF0]

    private static func controller(_ peripherals: [SimulatedPeripheral], dataLength: Int = 251) throws
        -> VirtualController
    {
        var controller = VirtualController(
            try #require(BluetoothAddress("00:AA:01:00:00:42")),
            peripherals,
            dataLength: dataLength
        )
        #expect(controller.takePackets() == [[0xFF, 0x00]])
        return controller
    }

    private static func command(_ opcode: UInt16, _ parameters: [UInt8] = []) -> [UInt8] {
        [0x01] + opcode.littleEndianBytes + [UInt8(parameters.count)] + parameters
    }

    /// LE Create Connection to one peer, by the adapter's public address, every 50 ms.
    private static let create = command(
        0x200D,
        [0x60, 0, 0x30, 0, 0] + peer + [0, 24, 0, 40, 0, 0, 0, 42, 0, 0, 0, 0, 0]
    )

    /// Connects, and forgets the packets about that.
    private static func connect(_ controller: inout VirtualController) {
        controller.receive(create, at: .zero)
        controller.advance(to: .zero)
        _ = controller.takePackets()
    }

    @Test("says that it is a Low Energy controller of version 4.2")
    func facts() throws {
        var controller = try Self.controller([])
        for opcode: UInt16 in [0x0C03, 0x1001, 0x1009, 0x2002] { controller.receive(Self.command(opcode), at: .zero) }
        #expect(
            controller.takePackets() == [
                [0x04, 0x0E, 4, 1, 0x03, 0x0C, 0], [0x04, 0x0E, 12, 1, 0x01, 0x10, 0, 8, 0, 0, 8, 0xFF, 0xFF, 0, 0],
                [0x04, 0x0E, 10, 1, 0x09, 0x10, 0, 0x42, 0, 0, 1, 0xAA, 0],
                [0x04, 0x0E, 7, 1, 0x02, 0x20, 0, 251, 0, 8],
            ]
        )
    }

    @Test("refuses commands that it does not have")
    func unknown() throws {
        var controller = try Self.controller([])
        controller.receive(Self.command(0x2041, [1]), at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x0E, 4, 1, 0x41, 0x20, 0x01]])
        #expect(controller.unknownOpcodes == [0x2041])
    }

    @Test("hears nothing until told to listen")
    func idle() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        #expect(controller.nextDue == nil)
        controller.advance(to: .seconds(1))
        #expect(controller.takePackets() == [])
    }

    @Test("an active scan hears the scan response, a passive one does not", arguments: [false, true])
    func scan(isActive: Bool) throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        controller.receive(Self.command(0x200B, [isActive ? 1 : 0, 0x60, 0, 0x30, 0, 0, 0]), at: .zero)
        controller.receive(Self.command(0x200C, [1, 0]), at: .zero)
        _ = controller.takePackets()
        controller.advance(to: .zero)
        let data: [UInt8] = [2, 1, 6, 7, 3, 0x01, 0x18, 0x0F, 0x18, 0xF0, 0xFF]
        let response: [UInt8] = [9, 9] + "sensor 1".utf8
        let heard: [UInt8] = [0x04, 0x3E, 23, 0x02, 1, 0] + Self.peer + [11] + data + [0xC4]
        let answered: [UInt8] = [0x04, 0x3E, 22, 0x02, 1, 4] + Self.peer + [10] + response + [0xC4]
        #expect(controller.takePackets() == (isActive ? [heard, answered] : [heard]))
        #expect(controller.nextDue == .milliseconds(100))
        controller.advance(to: .milliseconds(100))
        #expect(controller.takePackets().count == (isActive ? 2 : 1))
    }

    @Test("duplicates are told once when so wished, and anew when the data changes")
    func duplicates() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        controller.receive(Self.command(0x200C, [1, 1]), at: .zero)
        _ = controller.takePackets()
        for time in 0..<5 { controller.advance(to: .seconds(time)) }
        #expect(controller.takePackets().count == 1)
        controller.apply(
            SimulatorCommand(address: try SimulatorMake.address(), action: .advertise([1])),
            at: .seconds(5)
        )
        controller.advance(to: .seconds(6))
        #expect(controller.takePackets().count == 1)
    }

    @Test("an absent peripheral is not heard")
    func absent() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        controller.receive(Self.command(0x200C, [1, 0]), at: .zero)
        _ = controller.takePackets()
        controller.apply(SimulatorCommand(address: try SimulatorMake.address(), action: .absent), at: .zero)
        controller.advance(to: .seconds(1))
        #expect(controller.takePackets() == [])
    }

    @Test("a scan for the accept list hears only what is on it")
    func acceptList() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral(1), try SimulatorMake.peripheral(2)])
        controller.receive(Self.command(0x2011, Self.peer), at: .zero)
        controller.receive(Self.command(0x200B, [0, 0x60, 0, 0x30, 0, 0, 1]), at: .zero)
        controller.receive(Self.command(0x200C, [1, 0]), at: .zero)
        _ = controller.takePackets()
        controller.advance(to: .zero)
        #expect(controller.takePackets().map { Array($0[6..<13]) } == [Self.peer])
        controller.receive(Self.command(0x2012, Self.peer), at: .zero)
        _ = controller.takePackets()
        controller.advance(to: .seconds(1))
        #expect(controller.takePackets() == [])
    }

    @Test("a connection is made when the peripheral is heard")
    func connection() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        controller.receive(Self.create, at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x0F, 4, 0, 1, 0x0D, 0x20]])
        controller.advance(to: .zero)
        #expect(
            controller.takePackets()
                == [[0x04, 0x3E, 19, 0x01, 0, 0x40, 0, 0] + Self.peer + [40, 0, 0, 0, 42, 0, 0]]
        )
        #expect(controller.peripherals[0].isConnected)
        controller.receive(Self.command(0x0406, [0x40, 0, 0x13]), at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x0F, 4, 0, 1, 0x06, 0x04], [0x04, 0x05, 4, 0, 0x40, 0, 0x16]])
        #expect(!controller.peripherals[0].isConnected)
    }

    @Test("a second wish is refused, a given up one is told")
    func cancel() throws {
        var controller = try Self.controller([])
        controller.receive(Self.create, at: .zero)
        controller.receive(Self.create, at: .zero)
        controller.receive(Self.command(0x200E), at: .zero)
        controller.receive(Self.command(0x200E), at: .zero)
        let packets = controller.takePackets()
        #expect(packets[1] == [0x04, 0x0F, 4, 0x0C, 1, 0x0D, 0x20])
        #expect(packets[2] == [0x04, 0x0E, 4, 1, 0x0E, 0x20, 0])
        #expect(packets[3].prefix(5) == [0x04, 0x3E, 19, 0x01, 0x02])
        #expect(packets[4] == [0x04, 0x0E, 4, 1, 0x0E, 0x20, 0x0C])
    }

    @Test("a refused connection ends as soon as it is there")
    func refused() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        controller.apply(SimulatorCommand(address: try SimulatorMake.address(), action: .refuse(1)), at: .zero)
        controller.receive(Self.create, at: .zero)
        controller.advance(to: .zero)
        #expect(controller.takePackets().last == [0x04, 0x05, 4, 0, 0x40, 0, 0x3E])
        controller.receive(Self.create, at: .zero)
        controller.advance(to: .seconds(1))
        #expect(controller.peripherals[0].isConnected)
    }

    @Test("frames are joined and cut", arguments: [27, 251])
    func fragments(dataLength: Int) throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()], dataLength: dataLength)
        Self.connect(&controller)
        // MTU 104 in two parts: the second one continues the first.
        controller.receive([0x02, 0x40, 0x00, 5, 0, 3, 0, 4, 0, 0x02], at: .zero)
        controller.receive([0x02, 0x40, 0x10, 2, 0, 104, 0], at: .zero)
        controller.advance(to: .zero)
        #expect(
            controller.takePackets() == [
                [0x04, 0x13, 5, 1, 0x40, 0, 1, 0], [0x04, 0x13, 5, 1, 0x40, 0, 1, 0],
                [0x02, 0x40, 0x20, 7, 0, 3, 0, 4, 0, 0x03, 247, 0],
            ]
        )
        controller.receive([0x02, 0x40, 0x20, 7, 0, 3, 0, 4, 0, 0x0A, 18, 0], at: .zero)
        controller.advance(to: .zero)
        let parts = controller.takePackets().dropFirst()
        #expect(parts.map { $0[2] >> 4 } == [2] + [UInt8](repeating: 1, count: parts.count - 1))
        #expect(parts.allSatisfy { Int($0[3]) <= dataLength })
        #expect(parts.count == (105 + dataLength - 1) / dataLength)
        let frame: [UInt8] = [101, 0, 4, 0, 0x0B] + (0..<100).map { UInt8($0) }
        #expect(parts.flatMap { $0.dropFirst(5) } == frame)
    }

    @Test("a link is lost, with its reason")
    func lost() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        Self.connect(&controller)
        controller.apply(SimulatorCommand(address: try SimulatorMake.address(), action: .lose), at: .zero)
        controller.advance(to: .zero)
        #expect(controller.takePackets() == [[0x04, 0x05, 4, 0, 0x40, 0, 0x08]])
        controller.receive([0x02, 0x40, 0x00, 5, 0, 1, 0, 4, 0, 0x1E], at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x13, 5, 1, 0x40, 0, 1, 0]])
    }

    @Test("signal, version, features and parameters of a link are told")
    func linkCommands() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        Self.connect(&controller)
        controller.receive(Self.command(0x1405, [0x40, 0]), at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x0E, 7, 1, 0x05, 0x14, 0, 0x40, 0, 0xC4]])
        controller.receive(Self.command(0x2016, [0x40, 0]), at: .zero)
        #expect(controller.takePackets().last == [0x04, 0x3E, 12, 0x04, 0, 0x40, 0, 1, 0, 0, 0, 0, 0, 0, 0])
        controller.receive(Self.command(0x2013, [0x40, 0, 6, 0, 12, 0, 1, 0, 100, 0, 0, 0, 0, 0]), at: .zero)
        #expect(controller.takePackets().last == [0x04, 0x3E, 10, 0x03, 0, 0x40, 0, 12, 0, 1, 0, 100, 0])
        controller.receive(Self.command(0x2016, [0x41, 0]), at: .zero)
        #expect(controller.takePackets() == [[0x04, 0x0F, 4, 0x02, 1, 0x16, 0x20]])
    }

    @Test("a link is encrypted with the key that the peripheral has, and with no other")
    func encryption() throws {
        var peripheral = try SimulatorMake.peripheral()
        let key = (0..<16).map { UInt8($0) }
        peripheral.longTermKey = key
        peripheral.table.protect(7, with: 0x05)
        var controller = try Self.controller([peripheral])
        Self.connect(&controller)
        let names = [UInt8](repeating: 0, count: 10)
        controller.receive(Self.command(0x2019, [0x40, 0] + names + key.reversed()), at: .zero)
        #expect(controller.takePackets().last == [0x04, 0x08, 4, 0x06, 0x40, 0, 0])
        #expect(controller.peripherals[0].server?.isEncrypted == false)
        controller.receive(Self.command(0x2019, [0x40, 0] + names + key), at: .zero)
        #expect(controller.takePackets().last == [0x04, 0x08, 4, 0, 0x40, 0, 1])
        #expect(controller.peripherals[0].server?.isEncrypted == true)
    }

    @Test("a pairing request is answered on its channel")
    func pairing() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.pairing = .justWorks
        var controller = try Self.controller([peripheral])
        Self.connect(&controller)
        controller.receive([0x02, 0x40, 0x00, 11, 0, 7, 0, 6, 0, 1, 3, 0, 1, 16, 0, 1], at: .zero)
        #expect(controller.takePackets().last == [0x02, 0x40, 0x20, 11, 0, 7, 0, 6, 0, 2, 3, 0, 1, 16, 0, 1])
    }

    @Test("a peripheral asks for other parameters")
    func parameters() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        Self.connect(&controller)
        let wish = ConnectionParameters(minimumInterval: 6, maximumInterval: 12, latency: 0, timeout: 100)
        controller.apply(SimulatorCommand(address: try SimulatorMake.address(), action: .parameters(wish)), at: .zero)
        controller.advance(to: .zero)
        #expect(
            controller.takePackets()
                == [[0x02, 0x40, 0x20, 16, 0, 12, 0, 5, 0, 0x12, 1, 8, 0, 6, 0, 12, 0, 0, 0, 100, 0]]
        )
    }

    @Test("nonsense from the host is passed over")
    func nonsense() throws {
        var controller = try Self.controller([try SimulatorMake.peripheral()])
        for packet: [UInt8] in [
            [], [0x01], [0x01, 0x0D], [0x02], [0x02, 0x40, 0, 9, 0], [0x09, 1], [0xFF, 0, 0, 0],
        ] {
            controller.receive(packet, at: .zero)
        }
        for opcode: UInt16 in [0x200D, 0x2011, 0x0406, 0x1405, 0x200B, 0x2019] {
            controller.receive(Self.command(opcode, [1]), at: .zero)
        }
        #expect(controller.takePackets().dropFirst().allSatisfy { $0.count >= 7 })
    }
}
