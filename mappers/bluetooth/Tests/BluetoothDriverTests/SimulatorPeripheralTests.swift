// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import BluetoothDriver

@Suite("Simulator: a peripheral")
struct SimulatorPeripheralTests {
    @Test("advertises its name and services")
    func advertising() throws {
        let peripheral = try SimulatorMake.peripheral()
        #expect(peripheral.advertisingData == [2, 1, 6, 7, 3, 0x01, 0x18, 0x0F, 0x18, 0xF0, 0xFF])
        #expect(peripheral.scanResponse == [9, 9] + "sensor 1".utf8)
    }

    @Test("numbers move as their course says")
    func motion() {
        let counter = SimulatedMotion(course: .counter(from: 254, step: 1), interval: .seconds(1), byteCount: 2)
        #expect(counter.value(at: .milliseconds(999)) == [254, 0])
        #expect(counter.value(at: .milliseconds(2500)) == [0, 1])
        let sine = SimulatedMotion(
            course: .sine(middle: 0, swing: 100, period: .seconds(4)),
            interval: .seconds(1),
            byteCount: 1,
            prefix: [7]
        )
        #expect((0..<4).map { sine.value(at: .seconds($0)) } == [[7, 0], [7, 100], [7, 0], [7, 0x9C]])
        let constant = SimulatedMotion(course: .constant(-2), interval: .zero, byteCount: 2)
        #expect(constant.value(at: .seconds(5)) == [0xFE, 0xFF])
    }

    @Test("a moving value is told when it has moved")
    func moving() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.motions[SimulatorMake.level] = SimulatedMotion(
            course: .counter(from: 10, step: 5),
            interval: .seconds(1),
            byteCount: 1
        )
        #expect(peripheral.nextDue == nil)
        peripheral.connect(at: .milliseconds(1500))
        #expect(peripheral.advance(to: .milliseconds(1500)) == [])
        #expect(peripheral.nextDue == .seconds(2))
        peripheral.receive([0x12, 8, 0, 1, 0], at: .milliseconds(1600))
        #expect(peripheral.advance(to: .milliseconds(1600)) == [.send([0x13])])
        #expect(peripheral.advance(to: .seconds(2)) == [.send([0x1B, 7, 0, 20])])
        #expect(peripheral.advance(to: .milliseconds(2999)) == [])
        peripheral.apply(.set(SimulatorMake.level, [99]), at: .seconds(3))
        #expect(peripheral.advance(to: .seconds(9)) == [.send([0x1B, 7, 0, 99])])
    }

    @Test("a slow answer comes when it is due, and none overtakes it")
    func slow() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.connect(at: .zero)
        peripheral.apply(.slow(.seconds(2)), at: .zero)
        peripheral.receive([0x0A, 7, 0], at: .seconds(1))
        peripheral.apply(.heal, at: .seconds(1))
        peripheral.receive([0x0A, 13, 0], at: .seconds(1))
        #expect(peripheral.advance(to: .milliseconds(2999)) == [])
        #expect(peripheral.nextDue == .seconds(3))
        #expect(peripheral.advance(to: .seconds(3)) == [.send([0x0B, 87]), .send([0x0B, 1, 2])])
    }

    @Test("a new connection knows nothing of the one before")
    func reconnect() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.connect(at: .zero)
        peripheral.receive([0x12, 8, 0, 1, 0], at: .zero)
        peripheral.receive([0x12, 13, 0, 5], at: .zero)
        peripheral.apply(.slow(.seconds(9)), at: .zero)
        peripheral.receive([0x0A, 7, 0], at: .zero)
        peripheral.disconnect()
        peripheral.connect(at: .seconds(1))
        peripheral.set([1], of: SimulatorMake.level, at: .seconds(20))
        #expect(peripheral.advance(to: .seconds(20)) == [])
        #expect(peripheral.table.value(of: SimulatorMake.setPoint) == [5])
    }

    @Test("moved attributes keep their values, and the client is told")
    func shift() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.connect(at: .zero)
        for handle: UInt8 in [4, 16] { peripheral.receive([0x12, handle, 0, 2, 0], at: .zero) }
        peripheral.set([3], of: SimulatorMake.level, at: .zero)
        _ = peripheral.advance(to: .zero)
        peripheral.apply(.shift(10), at: .zero)
        #expect(peripheral.advance(to: .zero) == [.send([0x1D, 3, 0, 1, 0, 0xFF, 0xFF])])
        #expect(peripheral.table.valueHandles(of: SimulatorMake.level) == [17])
        #expect(peripheral.table.value(of: SimulatorMake.level) == [3])
        #expect(peripheral.table[16]?.value == [0x12, 17, 0, 0x19, 0x2A])
        peripheral.receive([0x0A, 7, 0], at: .zero)
        #expect(peripheral.advance(to: .zero) == [.send([0x01, 0x0A, 7, 0, 0x01])])
        peripheral.receive([0x1E], at: .zero)
        peripheral.set([1], of: SimulatorMake.alarm, at: .zero)
        #expect(peripheral.advance(to: .zero) == [])
    }

    @Test("a silent peripheral tells nothing either")
    func silent() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.connect(at: .zero)
        peripheral.receive([0x12, 8, 0, 1, 0], at: .zero)
        _ = peripheral.advance(to: .zero)
        peripheral.apply(.silent, at: .zero)
        peripheral.set([1], of: SimulatorMake.level, at: .zero)
        #expect(peripheral.advance(to: .zero) == [])
    }

    @Test(
        "command lines are read",
        arguments: [
            ("lose f0:02:03:04:05:01", .lose), ("end F0:02:03:04:05:01", .end),
            ("refuse F0:02:03:04:05:01 3", .refuse(3)),
            ("absent F0:02:03:04:05:01", .absent), ("present F0:02:03:04:05:01", .present),
            ("  set  F0:02:03:04:05:01 2a19 0aFF", .set(SimulatorMake.level, [10, 255])),
            ("silent F0:02:03:04:05:01", .silent), ("slow F0:02:03:04:05:01 250", .slow(.milliseconds(250))),
            ("error F0:02:03:04:05:01 2a19 0x0e", .error(SimulatorMake.level, 14)),
            ("protect F0:02:03:04:05:01 2a19 f", .protect(SimulatorMake.level, 15)),
            ("spoil F0:02:03:04:05:01", .spoil), ("drop F0:02:03:04:05:01 2", .drop(2)),
            ("shift F0:02:03:04:05:01 16", .shift(16)), ("encrypt F0:02:03:04:05:01", .encrypt),
            ("rssi F0:02:03:04:05:01 -90", .rssi(-90)), ("advertise F0:02:03:04:05:01 020106", .advertise([2, 1, 6])),
            (
                "parameters F0:02:03:04:05:01 6 12 0 100",
                .parameters(
                    ConnectionParameters(minimumInterval: 6, maximumInterval: 12, latency: 0, timeout: 100)
                )
            ),
            ("forget F0:02:03:04:05:01", .forget), ("heal F0:02:03:04:05:01", .heal),
        ] as [(String, SimulatorCommand.Action)]
    )
    func commands(line: String, action: SimulatorCommand.Action) throws {
        #expect(SimulatorCommand(line) == SimulatorCommand(address: try SimulatorMake.address(), action: action))
    }

    @Test(
        "lines that are no commands are not",
        arguments: [
            "", "lose", "lose here", "lose F0:02:03:04:05:01 now", "refuse F0:02:03:04:05:01",
            "refuse F0:02:03:04:05:01 -1",
            "set F0:02:03:04:05:01 2a19 0", "set F0:02:03:04:05:01 2a19 +1", "parameters F0:02:03:04:05:01 6 12 0 x",
            "rssi F0:02:03:04:05:01 -200", "dance F0:02:03:04:05:01", "error F0:02:03:04:05:01 2a19 100",
        ]
    )
    func noCommands(line: String) { #expect(SimulatorCommand(line) == nil) }
}
