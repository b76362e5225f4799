// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Synchronization
import Testing

@testable import BluetoothDriver

/// Is a virtual adapter that the kernel has taken in and switched on, with the little of the kernel's own interfaces
/// that the tests of the simulator need.
///
/// Made by hand, so that the simulator is not tested with the code that it is there to test.
final class SimulatorKernel {
    /// Is an event of the kernel's management socket.
    struct Event {
        var code: UInt16
        var index: UInt16
        var content: [UInt8]
    }

    let simulator: SimulatorServer
    let adapter: BluetoothAddress
    let index: UInt16
    private let management: PacketPeer

    /// The kernel looks for an adapter by its address, and may still be busy with the one of the test before.
    private static let lastAddress = Mutex(UInt8(0))

    /// Plugs an adapter in, and waits until it is powered.
    /// - Parameter address: That of an adapter that was pulled out, which comes back.
    init(
        around peripherals: [SimulatedPeripheral],
        controlPath: String? = nil,
        again address: BluetoothAddress? = nil
    ) throws {
        let last: UInt8 = Self.lastAddress.withLock { number in
            number += 1
            return number
        }
        adapter = try address ?? #require(BluetoothAddress(littleEndian: [last, 0, 0, 1, 0xAA, 0]))
        let descriptor = socket(AF_BLUETOOTH, CInt(SOCK_RAW.rawValue) | O_CLOEXEC, BTPROTO_HCI)
        management = PacketPeer(descriptor)
        var place = sockaddr_hci(
            hci_family: sa_family_t(AF_BLUETOOTH),
            hci_dev: 0xFFFF,
            hci_channel: UInt16(HCI_CHANNEL_CONTROL)
        )
        try #require(Self.withAddress(&place) { bind(descriptor, $0, $1) } == 0)
        simulator = try SimulatorServer(adapter: adapter, around: peripherals, controlPath: controlPath)
        // Index Added.
        index = try Self.wait(management) { $0.code == 0x0004 }.index
        _ = try manage(0x0004)
        _ = try manage(0x0005, [1])
    }

    /// Pulls the adapter out, and waits until the kernel has cleared up after it.
    deinit {
        simulator.stop()
        // Index Removed.
        _ = try? wait { $0.code == 0x0005 }
    }

    /// Sends a management command, and gives what its end says.
    func manage(_ command: UInt16, _ parameters: [UInt8] = []) throws -> [UInt8] {
        management.send(
            command.littleEndianBytes + index.littleEndianBytes + UInt16(parameters.count).littleEndianBytes
                + parameters
        )
        let end = try wait { $0.code <= 0x0002 && Array($0.content.prefix(2)) == command.littleEndianBytes }
        try #require(end.content[2] == 0, "command \(command) has ended with status \(end.content[2])")
        return Array(end.content.dropFirst(3))
    }

    /// Waits for an event of this adapter.
    func wait(_ isWanted: (Event) -> Bool) throws -> Event {
        let index = index
        return try Self.wait(management) { $0.index == index && isWanted($0) }
    }

    /// Begins a connection to a peripheral.
    func connect(to peripheral: BluetoothAddress) throws -> PacketPeer {
        let type = CInt(SOCK_SEQPACKET.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | O_CLOEXEC
        let client = PacketPeer(socket(AF_BLUETOOTH, type, BTPROTO_L2CAP))
        var own = Self.address(adapter, BDADDR_LE_PUBLIC)
        try #require(Self.withAddress(&own) { bind(client.descriptor, $0, $1) } == 0)
        var peer = Self.address(peripheral, BDADDR_LE_RANDOM)
        let status = Self.withAddress(&peer) { Glibc.connect(client.descriptor, $0, $1) }
        try #require(status == 0 || errno == EINPROGRESS)
        return client
    }

    /// Waits for the end of a connection attempt, or the end of a connection; gives the error number.
    static func outcome(of client: PacketPeer, events: CInt = POLLOUT) -> CInt {
        var entry = pollfd(fd: client.descriptor, events: Int16(events), revents: 0)
        guard poll(&entry, 1, 20_000) == 1 else { return ETIME }
        var error: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(client.descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
        return error
    }

    private static func wait(_ management: PacketPeer, _ isWanted: (Event) -> Bool) throws -> Event {
        while true {
            let packet = management.receive()
            let code = try #require(UInt16(littleEndian: packet), "the kernel tells nothing")
            let index = try #require(UInt16(littleEndian: packet, at: 2))
            let event = Event(code: code, index: index, content: Array(packet.dropFirst(6)))
            if isWanted(event) { return event }
        }
    }

    private static func address(_ address: BluetoothAddress, _ type: CInt) -> sockaddr_l2 {
        var place = sockaddr_l2()
        place.l2_family = sa_family_t(AF_BLUETOOTH)
        place.l2_cid = UInt16(4).littleEndian
        place.l2_bdaddr_type = UInt8(type)
        withUnsafeMutableBytes(of: &place.l2_bdaddr) { $0.copyBytes(from: address.littleEndianBytes) }
        return place
    }

    private static func withAddress<Place>(
        _ place: inout Place,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Place>.size)) }
        }
    }
}
