// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

/// Meets the simulator through the kernel's Bluetooth; run by `mappers/bluetooth/Tests/VM/vm`.
@Suite(
    "Simulator: behind the kernel",
    .enabled(if: getenv("MAPPERKIT_VM") != nil, "needs the virtual machine"),
    .serialized,
    .timeLimit(.minutes(10))
)
struct SimulatorVMTests {
    @Test("a value is read, a subscription answered")
    func reading() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        #expect(client.ask([0x12, 8, 0, 1, 0]) == [0x13])
        kernel.simulator.send(.set(SimulatorMake.level, [5]), to: try SimulatorMake.address())
        #expect(client.receive() == [0x1B, 7, 0, 5])
    }

    @Test("a value longer than a packet comes whole, and goes whole")
    func long() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.mtu = 517
        let value = (0..<512).map { UInt8(truncatingIfNeeded: $0) }
        peripheral.set(value, of: SimulatorMake.long, at: .zero)
        let kernel = try SimulatorKernel(around: [peripheral])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        #expect(client.ask([0x02, 0x05, 0x02]) == [0x03, 0x05, 0x02])
        #expect(client.ask([0x0A, 18, 0]) == [0x0B] + value)
        #expect(client.ask([0x12, 18, 0] + value.reversed()) == [0x13])
        #expect(kernel.simulator.peripherals.first?.table.value(of: SimulatorMake.long) == value.reversed())
    }

    @Test("a lost link is told as such, and another one made")
    func lost() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        kernel.simulator.send(.lose, to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ETIMEDOUT)
        let next = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: next) == 0)
        #expect(next.ask([0x0A, 7, 0]) == [0x0B, 87])
    }

    @Test("a connection that fails to be established is told as such")
    func refused() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.refusals = 1
        let kernel = try SimulatorKernel(around: [peripheral])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == ENOSYS)
        let next = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: next) == 0)
    }

    @Test("an attempt on an absent peripheral waits, and is made when the peripheral is back")
    func absent() throws {
        var peripheral = try SimulatorMake.peripheral()
        peripheral.isPresent = false
        let kernel = try SimulatorKernel(around: [peripheral])
        let client = try kernel.connect(to: try SimulatorMake.address())
        var entry = pollfd(fd: client.descriptor, events: Int16(POLLOUT), revents: 0)
        #expect(poll(&entry, 1, 500) == 0)
        kernel.simulator.send(.present, to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
    }

    @Test("discovery finds data, name and signal")
    func discovery() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        _ = try kernel.manage(0x0023, [6])
        // Device Found: address, type, signal, flags, length and data.
        let found = try kernel.wait { $0.code == 0x0012 }.content
        #expect(found.prefix(8) == [1, 5, 4, 3, 2, 0xF0, 2, 0xC4])
        #expect(found.dropFirst(14) == [2, 1, 6, 7, 3, 1, 0x18, 0x0F, 0x18, 0xF0, 0xFF, 9, 9] + "sensor 1".utf8)
    }

    @Test("a passive scan hears every packet, and no names")
    func passiveScan() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral(1), try SimulatorMake.peripheral(2)])
        let scanner = PacketPeer(hci_open_dev(CInt(kernel.index)))
        #expect(hci_le_set_scan_parameters(scanner.descriptor, 0, 0x10, 0x10, 0, 0, 10_000) == 0)
        #expect(hci_le_set_scan_enable(scanner.descriptor, 1, 0, 10_000) == 0)
        var filter = hci_filter()
        hci_filter_clear(&filter)
        hci_filter_set_ptype(HCI_EVENT_PKT, &filter)
        hci_filter_set_event(EVT_LE_META_EVENT, &filter)
        let size = socklen_t(MemoryLayout<hci_filter>.size)
        #expect(setsockopt(scanner.descriptor, SOL_HCI, HCI_FILTER, &filter, size) == 0)
        var heard: [UInt8: Int] = [:]
        while heard.values.min() ?? 0 < 3 || heard.count < 2 {
            let report = scanner.receive()
            try #require(report.count > 8, "nothing is heard")
            #expect(report.prefix(2) == [0x04, 0x3E])
            #expect(report[3...5] == [0x02, 1, 0])
            heard[report[7], default: 0] += 1
        }
        #expect(heard.keys.sorted() == [1, 2])
        #expect(hci_le_set_scan_enable(scanner.descriptor, 0, 0, 10_000) == 0)
    }

    @Test("a link's signal is told")
    func signal() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        kernel.simulator.send(.rssi(-81), to: try SimulatorMake.address())
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        let answer = try kernel.manage(0x0031, try SimulatorMake.address().littleEndianBytes + [2])
        #expect(answer.dropFirst(7).first == UInt8(bitPattern: -81))
    }

    @Test("other parameters that a peripheral asks for are taken")
    func parameters() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        let wish = ConnectionParameters(minimumInterval: 80, maximumInterval: 80, latency: 0, timeout: 300)
        kernel.simulator.send(.parameters(wish), to: try SimulatorMake.address())
        // New Connection Parameter.
        let told = try kernel.wait { $0.code == 0x001C }.content
        #expect(told.suffix(8) == [80, 0, 80, 0, 0, 0, 44, 1])
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
    }

    @Test("two adapters with two peripherals each run side by side")
    func several() throws {
        let kernels = try [[1, 2], [3, 4]].map { peers in
            try SimulatorKernel(around: peers.map { try SimulatorMake.peripheral($0) })
        }
        let clients = try [(0, 1), (0, 2), (1, 3), (1, 4)].map { kernel, peer in
            try kernels[kernel].connect(to: try SimulatorMake.address(peer))
        }
        for client in clients {
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        }
    }

    @Test("an adapter that is pulled out is told as such")
    func pulledOut() throws {
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        kernel.simulator.stop()
        #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ECONNABORTED)
    }

    @Test("a script ends a connection with a line")
    func control() throws {
        let path = "/tmp/mapperkit-simulator-\(getpid())"
        defer { unlink(path) }
        let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()], controlPath: path)
        let client = try kernel.connect(to: try SimulatorMake.address())
        #expect(SimulatorKernel.outcome(of: client) == 0)
        #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        let pipe = open(path, O_WRONLY)
        defer { close(pipe) }
        let line = "end F0:02:03:04:05:01\n"
        _ = write(pipe, line, line.utf8.count)
        #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ECONNRESET)
    }
}
